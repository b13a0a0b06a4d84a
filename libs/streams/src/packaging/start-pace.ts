/** After a start that held us up, so many times as long goes to the cameras that run before the next one. */
const REST_TIMES = 4;
const LONGEST_REST_MS = 2_000;

/**
 * Starts programs one after another. To start one holds this whole process up until the kernel has run the new one: some milliseconds, on
 * a machine with more to do than it can a second and more. Forty at once would keep it from its leases and its media for half a minute.
 */
export class StartPace {
  private free: Promise<void> = Promise.resolve();

  constructor(private readonly monotonicMs: () => number) {}

  /** Rejects with the signal's reason when it is our turn too late. */
  async start<T>(signal: AbortSignal, begin: () => T): Promise<T> {
    const before = this.free;
    let leave: () => void = () => undefined;
    this.free = new Promise((resolve) => (leave = resolve));
    await before;
    const startedMs = this.monotonicMs();
    try {
      signal.throwIfAborted();
      return begin();
    } finally {
      const restMs = Math.min(REST_TIMES * (this.monotonicMs() - startedMs), LONGEST_REST_MS);
      setTimeout(leave, restMs);
    }
  }
}
