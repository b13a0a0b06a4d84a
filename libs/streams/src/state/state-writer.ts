import type { Logger } from '@app/platform';
import type { Fanout } from '@app/realtime';
import type { CameraStatus } from './camera-status';
import type { StreamStateRepository } from './stream-state-repository';

const FLUSH_AFTER_MS = 50;
const RETRY_AFTER_MS = 1_000;

/**
 * Brings the states of a packager's cameras to the database, many at a time, and tells others after the write. Keeps only the newest
 * state of each camera, so that it stays small while PostgreSQL is away.
 */
export class StateWriter {
  private readonly waiting = new Map<string, { status: CameraStatus; tell: boolean }>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly repository: StreamStateRepository,
    private readonly fanout: Pick<Fanout, 'publish'>,
    private readonly logger: Logger,
  ) {}

  /** @param tell whether others hear of it; false for figures that only grow older. */
  put(status: CameraStatus, tell: boolean): void {
    const before = this.waiting.get(status.cameraId);
    this.waiting.set(status.cameraId, { status, tell: tell || (before?.tell ?? false) });
    this.wake(FLUSH_AFTER_MS);
  }

  /** Writes what waits now. */
  async flush(): Promise<void> {
    await this.writing;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.write().finally(() => (this.writing = undefined));
    await this.writing;
  }

  /** One last try; what the database does not take now is left. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.flush();
  }

  private wake(afterMs: number): void {
    if (this.stopped) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, afterMs);
  }

  private async write(): Promise<void> {
    const batch = [...this.waiting.values()];
    this.waiting.clear();
    try {
      const written = await this.repository.write(batch.map(({ status }) => status));
      const told = new Set(batch.filter(({ tell }) => tell).map(({ status }) => status.cameraId));
      for (const change of written) if (told.has(change.cameraId)) this.tell(change);
    } catch (error) {
      this.logger.warn({ err: error, cameras: batch.length }, 'camera states cannot be written yet');
      for (const entry of batch) if (!this.waiting.has(entry.status.cameraId)) this.waiting.set(entry.status.cameraId, entry);
      this.wake(RETRY_AFTER_MS);
    }
  }

  private tell(change: Awaited<ReturnType<StreamStateRepository['write']>>[number]): void {
    this.fanout.publish('CameraStateChanged', change).catch((error: unknown) => {
      this.logger.debug({ err: error, cameraId: change.cameraId }, 'a change of state was not announced');
    });
  }
}
