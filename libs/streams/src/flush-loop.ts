/** What became of a write: all is written, or something is left for another try. */
export type WriteOutcome = 'written' | 'try-again';

export interface FlushTimes {
  /** From the first thing that waits to its write, milliseconds: what comes meanwhile is written with it. */
  afterMs: number;
  /** From a write that left something to the next try, milliseconds. */
  retryMs: number;
}

/** Calls `write` some time after it was woken, again after a failure, and never twice at the same time. */
export class FlushLoop {
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private wokenMeanwhile = false;
  private stopped = false;

  /** @param write must not reject: what it cannot write it keeps, and says so. */
  constructor(
    private readonly write: () => Promise<WriteOutcome>,
    private readonly times: FlushTimes,
  ) {}

  /** Something waits to be written. */
  wake(): void {
    if (this.writing) this.wokenMeanwhile = true;
    else this.schedule(this.times.afterMs);
  }

  /** One try to write what waits now; resolves also when it fails. */
  async flush(): Promise<void> {
    while (this.writing) await this.writing;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.wokenMeanwhile = false;
    this.writing = this.writeOnce().finally(() => (this.writing = undefined));
    await this.writing;
  }

  /** One last try; what is not written by then is left. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.flush();
  }

  private async writeOnce(): Promise<void> {
    const outcome = await this.write();
    if (outcome === 'try-again') this.schedule(this.times.retryMs);
    else if (this.wokenMeanwhile) this.schedule(this.times.afterMs);
  }

  private schedule(ms: number): void {
    if (this.stopped) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, ms);
  }
}
