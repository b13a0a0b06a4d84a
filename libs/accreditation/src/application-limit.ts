import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@app/platform';

export const APPLICATIONS_AN_HOUR = 20;
const WINDOW_MS = 3_600_000;
const MAX_ADDRESSES = 20_000;

/**
 * Keeps one address from filling the deciders' list. By address only: nobody can use up somebody else's share. An
 * office whose many observers share one address hands them in as a list, which the commission imports.
 */
@Injectable()
export class ApplicationLimit {
  private readonly windows = new Map<string, { count: number; endsAt: number }>();

  constructor(private readonly clock: Clock) {}

  /** Counts an application. @throws DomainError `request.too-many` when there were too many from this address */
  count(address: string): void {
    const now = this.clock.monotonicMs();
    const known = this.windows.get(address);
    const window = known && known.endsAt > now ? known : { count: 0, endsAt: now + WINDOW_MS };
    if (window.count >= APPLICATIONS_AN_HOUR) {
      const retryAfterSeconds = Math.ceil((window.endsAt - now) / 1000);
      throw new DomainError('request.too-many', 'Too many applications came from your address. Try again later.', undefined, {
        retryAfterSeconds,
      });
    }
    window.count += 1;
    // Put last again, so that the first of the map is the one that was begun longest ago.
    if (known !== window) this.windows.delete(address);
    this.windows.set(address, window);
    if (this.windows.size > MAX_ADDRESSES) this.forgetOldest();
  }

  private forgetOldest(): void {
    const [oldest] = this.windows.keys();
    if (oldest !== undefined) this.windows.delete(oldest);
  }
}
