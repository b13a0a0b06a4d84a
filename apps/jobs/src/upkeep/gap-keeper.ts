import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER, type Logger } from '@app/platform';
import { GapLedger } from '@app/recordings';

const EVERY_MS = 5_000;

/** Keeps the record of gaps up to date. A timer of each process and no job: it must go on while the queue engine is away. */
@Injectable()
export class GapKeeper implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly ledger: GapLedger,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.keep(), EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private keep(): void {
    this.running ??= this.ledger
      .catchUp()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'the gaps of the recording cannot be told yet'))
      .finally(() => (this.running = undefined));
  }
}
