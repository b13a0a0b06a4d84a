import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { CameraSources } from '@app/elections';
import { LOGGER, type Logger } from '@app/platform';
import { type PublishSink, RtmpListener } from '@app/rtmp';
import { DesiredCameras } from '@app/streams';
import { type PackagerRuntime, RUNTIME } from './packager-runtime';

const TRY_AGAIN_MS = 1_000;

/**
 * The address that cameras push to. One packager of a machine holds its port; the others try to get it every second, so that it
 * passes on when its holder is gone.
 */
@Injectable()
export class PushDoor {
  private listener: RtmpListener | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(RUNTIME) private readonly runtime: PackagerRuntime,
    private readonly sources: CameraSources,
    private readonly desired: DesiredCameras,
  ) {}

  /** @param onHeld told once the port is ours. */
  open(onHeld: () => void): void {
    void this.tryToListen(onHeld);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.listener?.close();
  }

  private async tryToListen(onHeld: () => void): Promise<void> {
    const { port } = this.config.rtmp;
    const listener = new RtmpListener({ port, host: this.config.http.host, authorize: (key) => this.authorize(key) });
    try {
      await listener.listen();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE')
        this.logger.error({ err: error, port }, 'the push address cannot be opened');
      if (!this.closed) this.timer = setTimeout(() => void this.tryToListen(onHeld), TRY_AGAIN_MS);
      return;
    }
    if (this.closed) return await listener.close();
    this.listener = listener;
    this.logger.info({ port }, 'cameras may push here');
    onHeld();
  }

  /** Asked before any media is read: a known key of a camera that should be on air now, and room for it. */
  private async authorize(streamKey: string): Promise<PublishSink | undefined> {
    const cameraId = await this.sources.cameraOfKey(streamKey);
    if (cameraId === undefined || !(await this.desired.isDesired(cameraId))) return undefined;
    const { packagings, pushes } = this.runtime;
    if (!packagings.get(cameraId)) {
      if (!packagings.hasRoom) return undefined;
      this.take(cameraId);
    }
    return pushes.open(cameraId);
  }

  /** The push is here, so this is the packager to own the camera, whoever does now. */
  private take(cameraId: string): void {
    const { packagings, pushes } = this.runtime;
    packagings
      .run(cameraId, true)
      .then((end) => {
        if (end !== 'owned-already') pushes.refuse(cameraId);
      })
      .catch((error: unknown) => {
        this.logger.warn({ err: error, cameraId }, 'a pushed camera could not be taken');
        pushes.refuse(cameraId);
      });
  }
}
