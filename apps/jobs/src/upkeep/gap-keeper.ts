import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER, type Logger } from '@app/platform';
import { GapLedger } from '@app/recordings';
import { Rounds } from './rounds';

const EVERY_MS = 5_000;

/** Keeps the record of gaps up to date. A timer of each process and no job: it must go on while the queue engine is away. */
@Injectable()
export class GapKeeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly rounds = new Rounds(
    () => this.ledger.catchUp(),
    (error) => this.logger.warn({ err: error }, 'the gaps of the recording cannot be told yet'),
  );

  constructor(
    private readonly ledger: GapLedger,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.rounds.start(EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
  }
}
