import type { Clock } from '@app/platform';
import { DomainError } from '@app/platform';

const MAX_REMEMBERED = 20_000;

interface Attempts {
  count: number;
  windowEndsAt: number;
}

/** So many attempts for one key in a window of time, counted in this process. */
export class AttemptLimit {
  private readonly attempts = new Map<string, Attempts>();

  constructor(
    private readonly clock: Clock,
    private readonly max: number,
    private readonly windowMs: number,
  ) {}

  /**
   * Counts an attempt before it is looked at, so that many at once do not slip through.
   * @throws DomainError `request.too-many` when there were too many
   */
  count(key: string): void {
    const now = this.clock.monotonicMs();
    const known = this.attempts.get(key);
    const attempts = known && known.windowEndsAt > now ? known : { count: 0, windowEndsAt: now + this.windowMs };
    if (attempts.count >= this.max) {
      const retryAfterSeconds = Math.ceil((attempts.windowEndsAt - now) / 1000);
      throw new DomainError('request.too-many', 'Too many attempts to sign in. Try again later.', undefined, {
        retryAfterSeconds,
      });
    }
    attempts.count += 1;
    this.attempts.set(key, attempts);
    if (this.attempts.size > MAX_REMEMBERED) this.forgetOldest(now);
  }

  /** The attempt that was counted last was right. */
  forgive(key: string): void {
    const known = this.attempts.get(key);
    if (known && known.count > 0) known.count -= 1;
  }

  /** All attempts so far were its owner's. */
  forget(key: string): void {
    this.attempts.delete(key);
  }

  private forgetOldest(now: number): void {
    for (const [key, { windowEndsAt }] of this.attempts) if (windowEndsAt <= now) this.attempts.delete(key);
    for (const key of this.attempts.keys()) {
      if (this.attempts.size <= MAX_REMEMBERED) return;
      this.attempts.delete(key);
    }
  }
}
