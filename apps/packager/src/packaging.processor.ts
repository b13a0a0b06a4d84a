import { Processor } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import { JOBS } from '@app/contracts';
import { LOGGER, type Logger } from '@app/platform';
import { CameraWorker } from './camera-worker';
import { PackagerLife } from './packager-life.service';
import { type PackagerRuntime, RUNTIME } from './packager-runtime';
import { PACKAGING_WORKER } from './packaging-worker';

/** Takes cameras that are read from their address. */
@Processor(JOBS['package-camera'].queue, PACKAGING_WORKER)
export class PackagingProcessor extends CameraWorker {
  constructor(@Inject(RUNTIME) runtime: PackagerRuntime, @Inject(LOGGER) logger: Logger, life: PackagerLife) {
    super('package-camera', runtime, logger, life);
  }

  protected whenAllowed(take: () => void): void {
    take();
  }
}
