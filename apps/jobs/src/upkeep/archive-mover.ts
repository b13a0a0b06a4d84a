import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, FileStore, LOGGER, type Logger } from '@app/platform';
import { RemoteFileStore } from '@app/storage';
import { Rounds } from './rounds';

const EVERY_MS = 30_000;

/** Sends to the bucket what clips and stills a process left on this machine while the bucket was away, or when it was killed. */
@Injectable()
export class ArchiveMover implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds = new Rounds(
    () => this.move(),
    (error) => this.logger.warn({ err: error }, 'the archive cannot be moved to the bucket yet'),
  );

  constructor(
    private readonly store: FileStore,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.store instanceof RemoteFileStore) this.rounds.start(EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }

  private async move(): Promise<void> {
    if (!(this.store instanceof RemoteFileStore)) return;
    const moved = await this.store.moveLeft(this.clock.nowMs(), this.logger);
    if (moved > 0) this.logger.info({ moved }, 'files of the archive were moved to the bucket');
  }
}
