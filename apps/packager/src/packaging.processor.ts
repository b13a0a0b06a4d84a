import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Job } from 'bullmq';
import { JOBS } from '@app/contracts';
import { LOGGER, type Logger } from '@app/platform';
import { PackagerLife } from './packager-life.service';
import { type PackagerRuntime, RUNTIME } from './packager-runtime';
import { PACKAGING_WORKER, runWorker } from './packaging-worker';

/**
 * Takes cameras to package: one job for as long as this packager owns the camera. The lease is the owner record, not the job: a job
 * whose lock was lost goes on, and a second job of the same camera ends at once.
 */
@Processor(JOBS['package-camera'].queue, PACKAGING_WORKER)
export class PackagingProcessor extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(RUNTIME) private readonly runtime: PackagerRuntime,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly life: PackagerLife,
  ) {
    super();
  }

  /** Three declared parameters, or BullMQ gives no signal. */
  async process(job: Job, _token: string | undefined, signal?: AbortSignal): Promise<string> {
    const { cameraId } = JOBS['package-camera'].payload.parse(job.data);
    const { packagings } = this.runtime;
    signal?.addEventListener('abort', () => packagings.stop(cameraId, 'packager-stopped'), { once: true });
    return await packagings.run(cameraId);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.life.start();
    this.worker.concurrency = this.runtime.packagings.capacity;
    runWorker(this.worker, this.logger);
  }

  async onModuleDestroy(): Promise<void> {
    await this.worker.pause(true);
    await this.life.stop();
    this.worker.cancelAllJobs('packager-stopped');
  }
}
