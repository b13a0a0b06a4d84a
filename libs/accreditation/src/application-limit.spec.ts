import { Clock, DomainError } from '@app/platform';
import { ApplicationLimit, APPLICATIONS_AN_HOUR } from './application-limit';

class StoppedClock extends Clock {
  ms = 5_000;
  nowMs(): number {
    return this.ms;
  }
  monotonicMs(): number {
    return this.ms;
  }
}

describe(ApplicationLimit, () => {
  const fill = (limit: ApplicationLimit) => Array.from({ length: APPLICATIONS_AN_HOUR }, () => limit.count('1.2.3.4'));

  it('refuses one more of an address than fit in an hour, says until when, and lets in again then', () => {
    const clock = new StoppedClock();
    const limit = new ApplicationLimit(clock);
    fill(limit);
    clock.ms += 600_000;
    let refusal: unknown;
    try {
      limit.count('1.2.3.4');
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({ code: 'request.too-many', retryAfterSeconds: 3_000 });
    clock.ms += 3_000_000;
    expect(() => fill(limit)).not.toThrow();
  });

  it('counts every address by itself', () => {
    const limit = new ApplicationLimit(new StoppedClock());
    fill(limit);
    expect(() => limit.count('1.2.3.5')).not.toThrow();
  });
});
