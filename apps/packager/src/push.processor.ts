import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Job } from 'bullmq';
import { JOBS } from '@app/contracts';
import { LOGGER, type Logger } from '@app/platform';
import { PackagerLife } from './packager-life.service';
import { type PackagerRuntime, RUNTIME } from './packager-runtime';
import { PACKAGING_WORKER, runWorker } from './packaging-worker';
import { PushDoor } from './push-door.service';

/** Takes pushed cameras, but only while this packager holds the port that they push to. */
@Processor(JOBS['package-pushed-camera'].queue, PACKAGING_WORKER)
export class PushProcessor extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(RUNTIME) private readonly runtime: PackagerRuntime,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly life: PackagerLife,
    private readonly door: PushDoor,
  ) {
    super();
  }

  /** Three declared parameters, or BullMQ gives no signal. */
  async process(job: Job, _token: string | undefined, signal?: AbortSignal): Promise<string> {
    const { cameraId } = JOBS['package-pushed-camera'].payload.parse(job.data);
    const { packagings } = this.runtime;
    signal?.addEventListener('abort', () => packagings.stop(cameraId, 'packager-stopped'), { once: true });
    return await packagings.run(cameraId);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.life.start();
    this.worker.concurrency = this.runtime.packagings.capacity;
    this.door.open(() => runWorker(this.worker, this.logger));
  }

  async onModuleDestroy(): Promise<void> {
    await this.door.close();
    await this.worker.pause(true);
    await this.life.stop();
    this.worker.cancelAllJobs('packager-stopped');
  }
}
