import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CameraOutages } from '@app/incidents';
import { LOGGER, type Logger } from '@app/platform';

const EVERY_MS = 1_000;

/** Raises cameras that fail as incidents. A timer of each process and no job: it must go on while the queue engine is away. */
@Injectable()
export class OutageKeeper implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly outages: CameraOutages,
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
    this.running ??= this.outages
      .round()
      .catch((error: unknown) => this.logger.warn({ err: error }, 'cameras that fail cannot be raised as incidents yet'))
      .finally(() => (this.running = undefined));
  }
}
