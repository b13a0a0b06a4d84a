import { BullModule } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Logger } from '@app/platform';
import { chooseQueueEngine } from './connection';
import { JobQueue, QUEUE_ENGINE, QUEUE_LOGGER } from './job-queue';

@Module({})
export class QueueModule {
  /** Producers and, through `@Processor`, workers on the engine that the configuration names. */
  static for(databaseUrl: string, redisUrl: string | undefined, logger: Logger): DynamicModule {
    const engine = chooseQueueEngine(databaseUrl, redisUrl);
    return {
      module: QueueModule,
      global: true,
      imports: [BullModule.forRoot({ connection: engine.connection })],
      providers: [{ provide: QUEUE_ENGINE, useValue: engine }, { provide: QUEUE_LOGGER, useValue: logger }, JobQueue],
      exports: [JobQueue, QUEUE_ENGINE],
    };
  }
}
