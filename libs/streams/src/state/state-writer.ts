import type { Logger } from '@app/platform';
import type { Fanout } from '@app/realtime';
import { FlushLoop, type WriteOutcome } from '../flush-loop';
import type { CameraStatus } from './camera-status';
import type { StreamStateRepository } from './stream-state-repository';

const TIMES = { afterMs: 50, retryMs: 1_000 };
/** What nobody is told waits for that of other cameras: each write costs about the same, whatever is in it. */
const UNTOLD_MS = 1_000;

/**
 * Brings the states of a packager's cameras to the database, many at a time, and tells others after the write. Keeps only the newest
 * state of each camera, so that it stays small while PostgreSQL is away.
 */
export class StateWriter {
  private readonly waiting = new Map<string, { status: CameraStatus; tell: boolean }>();
  private readonly flushes = new FlushLoop(() => this.write(), TIMES);
  private later: NodeJS.Timeout | undefined;

  constructor(
    private readonly repository: StreamStateRepository,
    private readonly fanout: Pick<Fanout, 'publish'>,
    private readonly logger: Logger,
  ) {}

  /** @param tell whether others hear of it; false for figures that only grow older. */
  put(status: CameraStatus, tell: boolean): void {
    const before = this.waiting.get(status.cameraId);
    this.waiting.set(status.cameraId, { status, tell: tell || (before?.tell ?? false) });
    if (tell) this.flushes.wake();
    else this.later ??= setTimeout(() => this.flushes.wake(), UNTOLD_MS);
  }

  /** One try to write what waits now; resolves also when the database is away. */
  flush(): Promise<void> {
    return this.flushes.flush();
  }

  /** One last try; what the database does not take now is left. */
  stop(): Promise<void> {
    clearTimeout(this.later);
    return this.flushes.stop();
  }

  private async write(): Promise<WriteOutcome> {
    const batch = [...this.waiting.values()];
    this.waiting.clear();
    clearTimeout(this.later);
    this.later = undefined;
    try {
      const told = new Set(batch.filter(({ tell }) => tell).map(({ status }) => status.cameraId));
      const written = await this.repository.write(
        batch.map(({ status }) => status),
        told,
      );
      for (const change of written) this.tell(change);
      return 'written';
    } catch (error) {
      this.logger.warn({ err: error, cameras: batch.length }, 'camera states cannot be written yet');
      for (const entry of batch) if (!this.waiting.has(entry.status.cameraId)) this.waiting.set(entry.status.cameraId, entry);
      return 'try-again';
    }
  }

  private tell(change: Awaited<ReturnType<StreamStateRepository['write']>>[number]): void {
    this.fanout.publish('CameraStateChanged', change).catch((error: unknown) => {
      this.logger.debug({ err: error, cameraId: change.cameraId }, 'a change of state was not announced');
    });
  }
}
