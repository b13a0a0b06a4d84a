/** Does the same again and again: never twice at the same time, and on after a failure. */
export class Rounds {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly round: () => Promise<unknown>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  start(everyMs: number): void {
    this.timer = setInterval(() => this.once(), everyMs);
  }

  /** Begins a round now, unless one is on its way. */
  once(): void {
    this.running ??= this.round()
      .then(() => undefined)
      .catch(this.onFailure)
      .finally(() => (this.running = undefined));
  }

  /** Resolves when the last round is over. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }
}
