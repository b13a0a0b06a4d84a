import type { JobsOptions, Queue } from 'bullmq';
import { type JobName, type JobPayload, JOBS, type QueueName } from '@app/contracts';
import type { Logger } from '@app/platform';

export interface EnqueueOptions {
  /** At most one unfinished job of this id. */
  deduplicationId?: string;
  delayMs?: number;
  /** Tries in all; retries back off exponentially from one second. */
  attempts?: number;
}

/** Typed producer of all our jobs. */
export class JobQueue {
  private readonly queues: Map<string, Queue>;

  /** @param queues one for each name of `QUEUES`; whoever made them closes them. */
  constructor(queues: Queue[], logger: Logger) {
    this.queues = new Map(queues.map((queue) => [queue.name, queue]));
    for (const queue of queues)
      queue.on('error', (error) => logger.warn({ err: error, queue: queue.name }, 'queue connection failed'));
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
}
