import { Injectable } from '@nestjs/common';
import { DomainError, Clock } from '@app/platform';

export const SIGN_IN_ATTEMPTS = 10;
export const SIGN_IN_WINDOW_MS = 10 * 60_000;
const MAX_REMEMBERED = 20_000;

interface Attempts {
  count: number;
  windowEndsAt: number;
}

/**
 * Slows the guessing of one account's password from one address. Counts in this process only: with n copies of the
 * api an attacker has n times the attempts, which is still far too few.
 */
@Injectable()
export class SignInLimit {
  private readonly attempts = new Map<string, Attempts>();

  constructor(private readonly clock: Clock) {}

  /**
   * Counts an attempt before its password is looked at, so that many at once do not slip through.
   * @throws DomainError `request.too-many` when there were too many.
   */
  count(address: string, email: string): void {
    const now = this.clock.monotonicMs();
    const key = keyOf(address, email);
    const known = this.attempts.get(key);
    const attempts = known && known.windowEndsAt > now ? known : { count: 0, windowEndsAt: now + SIGN_IN_WINDOW_MS };
    if (attempts.count >= SIGN_IN_ATTEMPTS) {
      const retryAfterSeconds = Math.ceil((attempts.windowEndsAt - now) / 1000);
      throw new DomainError('request.too-many', 'Too many attempts to sign in. Try again later.', undefined, {
        retryAfterSeconds,
      });
    }
    attempts.count += 1;
    this.attempts.set(key, attempts);
    if (this.attempts.size > MAX_REMEMBERED) this.forgetOldest(now);
  }

  /** The password was right: the attempts so far were its owner's. */
  forget(address: string, email: string): void {
    this.attempts.delete(keyOf(address, email));
  }

  private forgetOldest(now: number): void {
    for (const [key, attempts] of this.attempts) {
      if (attempts.windowEndsAt > now && this.attempts.size <= MAX_REMEMBERED) return;
      this.attempts.delete(key);
    }
  }
}

function keyOf(address: string, email: string): string {
  return `${address} ${email.toLowerCase()}`;
}
