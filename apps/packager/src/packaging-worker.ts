import type { NestWorkerOptions } from '@nestjs/bullmq/dist/interfaces/worker-options.interface';
import type { Worker } from 'bullmq';
import type { Logger } from '@app/platform';

/** A lost packager's jobs are found soon, and may be lost any number of times. */
export const PACKAGING_WORKER: NestWorkerOptions = {
  autorun: false,
  lockDuration: 5_000,
  stalledInterval: 2_000,
  maxStalledCount: 1_000,
  drainDelay: 1,
};

/** Starts a worker that was made with `autorun: false`. Its own failures are told, never thrown: cameras run on without it. */
export function runWorker(worker: Worker, logger: Logger): void {
  worker.on('error', (error) => logger.warn({ err: error, queue: worker.name }, 'the queue failed'));
  worker.on('failed', (job, error) => logger.warn({ err: error, queue: worker.name, jobId: job?.id }, 'a packaging job failed'));
  worker.run().catch((error: unknown) => logger.error({ err: error, queue: worker.name }, 'a worker ended'));
}
