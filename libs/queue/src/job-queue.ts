import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type JobsOptions, Queue } from 'bullmq';
import { type JobName, type JobPayload, JOBS, QUEUES, type QueueName } from '@app/contracts';
import type { Logger } from '@app/platform';
import type { QueueEngine } from './connection';

export const QUEUE_ENGINE = Symbol('QueueEngine');
export const QUEUE_LOGGER = Symbol('QueueLogger');

export interface EnqueueOptions {
  /** At most one unfinished job of this id. */
  deduplicationId?: string;
  delayMs?: number;
  /** Tries in all; retries back off exponentially from one second. */
  attempts?: number;
}

/** Typed producer of all our jobs. */
@Injectable()
export class JobQueue implements OnApplicationShutdown {
  private readonly queues: Map<QueueName, Queue>;

  constructor(@Inject(QUEUE_ENGINE) engine: QueueEngine, @Inject(QUEUE_LOGGER) logger: Logger) {
    this.queues = new Map(
      QUEUES.map((name) => {
        const queue = new Queue(name, {
          connection: engine.connection,
          defaultJobOptions: { removeOnComplete: 100, removeOnFail: 1000 },
        });
        queue.on('error', (error) => logger.warn({ err: error, queue: name }, 'queue connection failed'));
        return [name, queue];
      }),
    );
  }

  async enqueue<N extends JobName>(name: N, payload: JobPayload<N>, options: EnqueueOptions = {}): Promise<void> {
    const jobOptions: JobsOptions = { attempts: options.attempts ?? 1, backoff: { type: 'exponential', delay: 1_000 } };
    if (options.delayMs !== undefined) jobOptions.delay = options.delayMs;
    if (options.deduplicationId !== undefined) jobOptions.deduplication = { id: options.deduplicationId };
    await this.queue(JOBS[name].queue).add(name, JOBS[name].payload.parse(payload), jobOptions);
  }

  /** Runs `name` every `everyMs`, once in the whole deployment, whoever asks for it. */
  async schedule<N extends JobName>(name: N, payload: JobPayload<N>, everyMs: number): Promise<void> {
    await this.queue(JOBS[name].queue).upsertJobScheduler(
      name,
      { every: everyMs },
      { name, data: JOBS[name].payload.parse(payload), opts: { removeOnComplete: 10, removeOnFail: 100 } },
    );
  }

  queue(name: QueueName): Queue {
    const queue = this.queues.get(name);
    if (!queue) throw new Error(`There is no queue ${name}`);
    return queue;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
  }
}
