import { Inject, Injectable } from '@nestjs/common';
import { LOGGER, type Logger } from '@app/platform';
import { Fanout } from '@app/realtime';

/** Tells upkeep and packagers that cameras changed, so that they do not wait for their next round. */
@Injectable()
export class CameraAnnouncer {
  constructor(
    private readonly fanout: Fanout,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @param cameraIds empty: any camera. A failure is no error of the change itself: upkeep compares by itself as well. */
  async changed(cameraIds: string[]): Promise<void> {
    try {
      await this.fanout.publish('CamerasChanged', { cameraIds });
    } catch (error) {
      this.logger.warn({ err: error, cameraIds }, 'a change of cameras could not be announced');
    }
  }
}
