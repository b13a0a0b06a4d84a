import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, FileStore, LOGGER, type Logger } from '@app/platform';
import { RemoteFileStore } from '@app/storage';

const EVERY_MS = 30_000;

/** Sends to the bucket what clips and stills a process left on this machine while the bucket was away, or when it was killed. */
@Injectable()
export class ArchiveMover implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly store: FileStore,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const { store } = this;
    if (!(store instanceof RemoteFileStore)) return;
    this.timer = setInterval(() => this.move(store), EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private move(store: RemoteFileStore): void {
    this.running ??= store
      .moveLeft(this.clock.nowMs(), this.logger)
      .then((moved) => void (moved > 0 && this.logger.info({ moved }, 'files of the archive were moved to the bucket')))
      .catch((error: unknown) => this.logger.warn({ err: error }, 'the archive cannot be moved to the bucket yet'))
      .finally(() => (this.running = undefined));
  }
}
