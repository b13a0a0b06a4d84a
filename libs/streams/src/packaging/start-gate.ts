/**
 * Lets a limited number of cameras connect at the same time, so that hundreds starting at once neither choke this machine nor
 * the network of the cameras. First come, first served.
 */
export class StartGate {
  private running = 0;
  private readonly queue: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  get waiting(): number {
    return this.queue.length;
  }

  get isFull(): boolean {
    return this.running >= this.limit;
  }

  /** Resolves with how to leave again (call it once the camera is connected or failed; twice does no harm). Rejects when aborted. */
  async enter(signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    if (this.running >= this.limit) await this.wait(signal);
    else this.running += 1;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      const next = this.queue.shift();
      if (next) next();
      else this.running -= 1;
    };
  }

  private wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const admit = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.queue.splice(this.queue.indexOf(admit), 1);
        reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      };
      this.queue.push(admit);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }
}
