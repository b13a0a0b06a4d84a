import { Clock } from '@app/platform';
import { ClockWatch } from './clock-watch';

class SetClock extends Clock {
  wallMs = 1_800_000_000_000;
  monoMs = 50;
  /** How long a reading takes. */
  readingMs = 0;

  nowMs(): number {
    this.pass(this.readingMs);
    return this.wallMs;
  }
  monotonicMs(): number {
    return this.monoMs;
  }
  pass(ms: number): void {
    this.wallMs += ms;
    this.monoMs += ms;
  }
}

describe(ClockWatch, () => {
  const clock = new SetClock();
  const watch = new ClockWatch(clock);

  it('sees no step while both clocks go on, nor when one is slewed', () => {
    expect(watch.step()).toBe(0);
    for (let second = 0; second < 100; second += 1) {
      clock.pass(1_000);
      clock.wallMs += 100;
      expect(watch.step()).toBe(0);
    }
    clock.pass(3_600_000);
    expect(watch.step()).toBe(0);
  });

  it.each([3_600_000, -3_600_000, 1_500, -1_500])('sees a step of %i ms once', (stepMs) => {
    clock.pass(100);
    clock.wallMs += stepMs;
    expect(watch.step()).toBe(stepMs);
    expect(watch.step()).toBe(0);
  });

  it('believes no reading during which it was held up, and sees the step at the next', () => {
    clock.readingMs = 5_000;
    expect(watch.step()).toBe(0);
    clock.wallMs += 7_000;
    expect(watch.step()).toBe(0);
    clock.readingMs = 0;
    expect(watch.step()).toBe(7_000);
  });
});
