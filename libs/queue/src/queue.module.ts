import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { QUEUES } from '@app/contracts';
import type { Logger } from '@app/platform';
import { chooseQueueEngine } from './connection';
import { JobQueue } from './job-queue';

const JOB_OPTIONS = { removeOnComplete: 100, removeOnFail: 1_000 };

@Module({})
export class QueueModule {
  /** Producers and, through `@Processor`, workers on the engine that the configuration names. */
  static for(databaseUrl: string, redisUrl: string | undefined, logger: Logger): DynamicModule {
    const { connection } = chooseQueueEngine(databaseUrl, redisUrl);
    return {
      module: QueueModule,
      global: true,
      imports: [
        BullModule.forRoot({ connection, defaultJobOptions: JOB_OPTIONS }),
        BullModule.registerQueue(...QUEUES.map((name) => ({ name }))),
      ],
      providers: [
        {
          provide: JobQueue,
          useFactory: (...queues: Queue[]) => new JobQueue(queues, logger),
          inject: QUEUES.map((name) => getQueueToken(name)),
        },
      ],
      exports: [JobQueue],
    };
  }
}
