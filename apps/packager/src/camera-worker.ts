import { WorkerHost } from '@nestjs/bullmq';
import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import type { Job } from 'bullmq';
import { JOBS } from '@app/contracts';
import type { Logger } from '@app/platform';
import type { PackagerLife } from './packager-life.service';
import type { PackagerRuntime } from './packager-runtime';
import { runWorker } from './packaging-worker';

/**
 * Takes cameras to package: one job for as long as this packager owns the camera. The lease is the owner record, not the job: a job
 * whose lock was lost goes on, and a second job of the same camera ends at once.
 */
export abstract class CameraWorker extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly jobName: 'package-camera' | 'package-pushed-camera',
    private readonly runtime: PackagerRuntime,
    private readonly logger: Logger,
    private readonly life: PackagerLife,
  ) {
    super();
  }

  /** Three declared parameters, or BullMQ gives no signal. */
  async process(job: Job, _token: string | undefined, signal?: AbortSignal): Promise<string> {
    const { cameraId } = JOBS[this.jobName].payload.parse(job.data);
    const { packagings } = this.runtime;
    signal?.addEventListener('abort', () => packagings.stop(cameraId, 'packager-stopped'), { once: true });
    return await packagings.run(cameraId);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.life.start();
    this.worker.concurrency = this.runtime.packagings.capacity;
    this.whenAllowed(() => runWorker(this.worker, this.logger));
  }

  async onModuleDestroy(): Promise<void> {
    await this.worker.pause(true);
    await this.life.stop();
    this.worker.cancelAllJobs('packager-stopped');
  }

  /** Calls `take` once this packager may take such cameras. */
  protected abstract whenAllowed(take: () => void): void;
}
