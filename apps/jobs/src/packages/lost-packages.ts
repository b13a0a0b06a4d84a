import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { PackageJobs } from '@app/evidence';
import { LOGGER, type Logger } from '@app/platform';

const SWEEP_MS = 5_000;

/** Finds packages whose job was never enqueued, or went with the queue engine's data or with a killed worker. */
@Injectable()
export class LostPackages implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private sweeping = false;

  constructor(
    private readonly jobs: PackageJobs,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
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
      await this.jobs.requestLost();
    } catch (error) {
      this.logger.warn({ err: error }, 'packages that wait cannot be looked for');
    } finally {
      this.sweeping = false;
    }
  }
}
