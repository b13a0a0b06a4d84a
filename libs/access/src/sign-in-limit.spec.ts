import { Clock, DomainError } from '@app/platform';
import { ADDRESS_FAILURES, networkOf, SIGN_IN_ATTEMPTS, SIGN_IN_WINDOW_MS, SignInLimit } from './sign-in-limit';

class StoppedClock extends Clock {
  ms = 1_000;
  nowMs(): number {
    return this.ms;
  }
  monotonicMs(): number {
    return this.ms;
  }
}

describe(SignInLimit, () => {
  const clock = new StoppedClock();
  let sut: SignInLimit;
  beforeEach(() => {
    sut = new SignInLimit(clock);
  });
  const fill = () => Array.from({ length: SIGN_IN_ATTEMPTS }, () => sut.count('1.2.3.4', 'ana@example.org'));

  it('refuses the attempt after the last one allowed, however the address is written', () => {
    fill();
    const refusal = refusalOf(() => sut.count('1.2.3.4', 'ANA@example.org'));
    expect([refusal.code, refusal.retryAfterSeconds]).toEqual(['request.too-many', SIGN_IN_WINDOW_MS / 1000]);
  });

  it('counts each address and each account by itself', () => {
    fill();
    expect(() => sut.count('1.2.3.5', 'ana@example.org')).not.toThrow();
    expect(() => sut.count('1.2.3.4', 'ben@example.org')).not.toThrow();
  });

  it('lets in again when the window is over', () => {
    fill();
    clock.ms += SIGN_IN_WINDOW_MS;
    expect(() => fill()).not.toThrow();
  });

  it('forgets the attempts of whoever knew the password', () => {
    fill();
    sut.forget('1.2.3.4', 'Ana@example.org');
    expect(() => fill()).not.toThrow();
  });

  it('slows one address that tries many accounts, and nobody else', () => {
    for (let n = 0; n < ADDRESS_FAILURES; n += 1) sut.count('1.2.3.4', `p${n}@example.org`);
    expect(refusalOf(() => sut.count('1.2.3.4', 'ana@example.org')).code).toBe('request.too-many');
    expect(() => sut.count('1.2.3.5', 'ana@example.org')).not.toThrow();
  });

  it('does not slow an address whose people know their passwords', () => {
    for (let n = 0; n < 3 * ADDRESS_FAILURES; n += 1) {
      sut.count('1.2.3.4', `p${n}@example.org`);
      if (n % 2) sut.forget('1.2.3.4', `p${n}@example.org`);
      else sut.forgive('1.2.3.4', `p${n}@example.org`);
    }
  });
});

describe(networkOf, () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network));
});

function refusalOf(action: () => void): DomainError {
  try {
    action();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('was not refused');
}
