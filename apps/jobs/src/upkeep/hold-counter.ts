import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { LOGGER, type Logger } from '@app/platform';
import { HoldUsage } from '@app/recordings';

const EVERY_MS = 30_000;

/** Keeps count of what holds keep. A timer of each process and no job: the alarm must come while the queue engine is away. */
@Injectable()
export class HoldCounter implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly usage: HoldUsage,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.count();
    this.timer = setInterval(() => this.count(), EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private count(): void {
    this.running ??= this.usage
      .count()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'what holds keep cannot be counted yet'))
      .finally(() => (this.running = undefined));
  }
}
