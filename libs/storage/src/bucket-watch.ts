import type { Clock } from '@app/platform';
import type { ChunkStore } from './chunk-store';

/** How long an answer is good for, and how long one is waited for. */
const KNOWN_MS = 15_000;
const WAIT_MS = 2_000;

/** Whether the bucket answers. Nobody waits long for it, however often they ask. */
export class BucketWatch {
  private known: { warning: string | undefined; atMs: number } | undefined;
  private asking: Promise<void> | undefined;

  constructor(
    private readonly store: Pick<ChunkStore, 'list'>,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
    private readonly waitMs = WAIT_MS,
  ) {}

  /** Undefined: it answers. What it said last counts for a quarter of a minute. */
  async warning(): Promise<string | undefined> {
    if (!this.known || this.clock.monotonicMs() - this.known.atMs >= KNOWN_MS) await this.ask();
    return this.known
      ? this.known.warning
      : `The bucket does not answer within ${this.waitMs / 1000} seconds; footage waits on the packagers' disks`;
  }

  private async ask(): Promise<void> {
    this.asking ??= this.look().finally(() => (this.asking = undefined));
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        this.known = undefined;
        resolve();
      }, this.waitMs);
    });
    await Promise.race([this.asking, tooLate]);
    clearTimeout(timer);
  }

  private async look(): Promise<void> {
    let warning: string | undefined;
    try {
      for await (const _name of this.store.list('.check/')) break;
    } catch (error) {
      const why = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : 'it failed';
      warning = `The bucket cannot be used now, footage waits on the packagers' disks: ${why}`;
    }
    this.known = { warning, atMs: this.clock.monotonicMs() };
  }
}
