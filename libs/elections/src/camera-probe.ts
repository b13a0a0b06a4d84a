import { Inject, Injectable } from '@nestjs/common';
import { FAULTS, type ProbeResult } from '@app/contracts';
import { type FfmpegTools, probe, ProbeFailed } from '@app/ffmpeg';
import { DomainError } from '@app/platform';
import { CameraSources } from './camera-sources.service';

/** Injection token: finds ffmpeg and ffprobe when they are first needed. */
export const FFMPEG = Symbol('ffmpeg');
export type LocatedFfmpeg = () => Promise<FfmpegTools>;

/** Each probe is a process and a connection to a camera. */
const MAX_AT_ONCE = 8;

/** Looks at what a camera sends, on an operator's demand. */
@Injectable()
export class CameraProbe {
  private running = 0;

  constructor(
    private readonly sources: CameraSources,
    @Inject(FFMPEG) private readonly ffmpeg: LocatedFfmpeg,
  ) {}

  /** @throws DomainError `camera.not-found`, `camera.probe-failed`, `request.too-many` */
  async probe(cameraId: string): Promise<ProbeResult> {
    const { source } = await this.sources.sourceOf(cameraId);
    if (source.kind === 'push-rtmp')
      throw new DomainError('camera.probe-failed', 'A camera that pushes cannot be asked; its state says what it sends.');
    if (this.running >= MAX_AT_ONCE)
      throw new DomainError('request.too-many', 'Other cameras are being probed. Try again in a moment.', undefined, {
        retryAfterSeconds: 5,
      });
    this.running += 1;
    try {
      return await probe(source.url, { tools: await this.ffmpeg() });
    } catch (error) {
      if (!(error instanceof ProbeFailed)) throw error;
      const { code, detail } = error.fault;
      throw new DomainError('camera.probe-failed', FAULTS[code], { fault: code, detail }, { cause: error });
    } finally {
      this.running -= 1;
    }
  }
}
