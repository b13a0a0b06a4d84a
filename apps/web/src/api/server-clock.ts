/**
 * What the server's clock shows, from the `Date` headers of its answers. A header names a whole second, so one answer
 * bounds the difference of the two clocks to an interval; the intervals of many answers are cut with each other.
 * Between the bounds the difference nearest to zero is taken: this computer's clock is believed until it is disproved.
 */
export class ServerClock {
  private low = -Infinity;
  private high = Infinity;

  /**
   * @param dateHeader value of the answer's `Date` header
   * @param sentAt epoch ms of this computer when the request left
   * @param receivedAt epoch ms of this computer when the answer's head had come
   */
  observe(dateHeader: string | null, sentAt: number, receivedAt: number): void {
    const second = dateHeader === null ? NaN : Date.parse(dateHeader);
    if (Number.isNaN(second) || receivedAt < sentAt) return;
    const low = second - receivedAt;
    const high = second + 1000 - sentAt;
    const contradicts = low > this.high || high < this.low;
    // One of the clocks was set, or the computer slept: what was known before is void.
    this.low = contradicts ? low : Math.max(low, this.low);
    this.high = contradicts ? high : Math.min(high, this.high);
  }

  /** Milliseconds to add to this computer's clock. */
  get offsetMs(): number {
    if (this.low > 0) return this.low;
    return this.high < 0 ? this.high : 0;
  }

  /** Epoch ms by the server's clock. */
  now(local = Date.now()): number {
    return local + this.offsetMs;
  }
}

export const serverClock = new ServerClock();
