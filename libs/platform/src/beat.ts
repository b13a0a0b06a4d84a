/** As far ahead as anybody may ask to be woken, in beats. */
const AHEAD = 64;

/**
 * Wakes many at the same moment. Forty cameras with a timer each wake the process a thousand times a second, and each time the
 * processor has to find its way back into what it does; on a common beat it does the same for several of them at once.
 */
export class Beat {
  private readonly slots: (() => void)[][] = Array.from({ length: AHEAD }, () => []);
  private at = 0;
  private waiting = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly everyMs = 25) {}

  /** Calls `wake` once, `ms` after the beat before now: at least one beat from now, at most 63. A process that is late wakes later. */
  after(ms: number, wake: () => void): void {
    const beats = Math.min(AHEAD - 1, Math.max(1, Math.round(ms / this.everyMs)));
    this.slots[(this.at + beats) % AHEAD]?.push(wake);
    this.waiting += 1;
    this.timer ??= setInterval(() => this.next(), this.everyMs);
  }

  private next(): void {
    this.at = (this.at + 1) % AHEAD;
    const due = this.slots[this.at] ?? [];
    this.slots[this.at] = [];
    this.waiting -= due.length;
    for (const wake of due) wake();
    if (this.waiting > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
