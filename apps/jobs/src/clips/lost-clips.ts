import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { WorkFolders } from '@app/evidence';
import { ClipRequests } from '@app/incidents';
import { Clock, LOGGER, type Logger } from '@app/platform';

const SWEEP_MS = 5_000;

/**
 * Finds clips that wait although their time has come: their job was never enqueued, or went with the queue engine's
 * data. A timer of each process and no job of the queue, because it has to outlive the queue.
 */
@Injectable()
export class LostClips implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping = false;

  constructor(
    private readonly requests: ClipRequests,
    private readonly folders: WorkFolders,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.folders.sweep(this.clock.nowMs());
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** A sweep that hangs on a queue that is away is not followed by others. */
  async sweep(): Promise<void> {
    if (this.sweeping) return;
    this.sweeping = true;
    try {
      const asked = await this.requests.requestLost();
      if (asked > 0) this.logger.info({ asked }, 'clips that wait too long were asked for again');
    } catch (error) {
      this.logger.warn({ err: error }, 'clips that wait cannot be looked for');
    } finally {
      this.sweeping = false;
    }
  }
}
