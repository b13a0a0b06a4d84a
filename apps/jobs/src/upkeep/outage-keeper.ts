import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CameraOutages } from '@app/incidents';
import { LOGGER, type Logger } from '@app/platform';
import { Rounds } from './rounds';

const EVERY_MS = 1_000;

/** Raises cameras that fail as incidents. A timer of each process and no job: it must go on while the queue engine is away. */
@Injectable()
export class OutageKeeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds = new Rounds(
    () => this.outages.round(),
    (error) => this.logger.warn({ err: error }, 'cameras that fail cannot be raised as incidents yet'),
  );

  constructor(
    private readonly outages: CameraOutages,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }
}
