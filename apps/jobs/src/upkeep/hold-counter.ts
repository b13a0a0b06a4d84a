import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER, type Logger } from '@app/platform';
import { HoldUsage } from '@app/recordings';
import { Rounds } from './rounds';

const EVERY_MS = 30_000;

/** Keeps count of what holds keep. A timer of each process and no job: the alarm must come while the queue engine is away. */
@Injectable()
export class HoldCounter implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds = new Rounds(
    () => this.usage.count(),
    (error) => this.logger.warn({ err: error }, 'what holds keep cannot be counted yet'),
  );

  constructor(
    private readonly usage: HoldUsage,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.once();
    this.rounds.start(EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }
}
