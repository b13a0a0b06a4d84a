import { Processor } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { JOBS } from '@app/contracts';
import { LOGGER, type Logger } from '@app/platform';
import { CameraWorker } from './camera-worker';
import { PackagerLife } from './packager-life.service';
import { type PackagerRuntime, RUNTIME } from './packager-runtime';
import { PACKAGING_WORKER } from './packaging-worker';
import { PushDoor } from './push-door.service';

/** Takes pushed cameras, but only while this packager holds the port that they push to. */
@Processor(JOBS['package-pushed-camera'].queue, PACKAGING_WORKER)
export class PushProcessor extends CameraWorker {
  constructor(
    @Inject(RUNTIME) runtime: PackagerRuntime,
    @Inject(LOGGER) logger: Logger,
    life: PackagerLife,
    private readonly door: PushDoor,
  ) {
    super('package-pushed-camera', runtime, logger, life);
  }

  override async onModuleDestroy(): Promise<void> {
    await this.door.close();
    await super.onModuleDestroy();
  }

  protected whenAllowed(take: () => void): void {
    this.door.open(take);
  }
}
