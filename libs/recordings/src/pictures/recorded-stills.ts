import type { FfmpegTools } from '@app/ffmpeg';
import { DomainError } from '@app/platform';
import type { RecordingIndex } from '../recording-index';
import type { BoundedWork } from './bounded-work';
import { KeptPictures } from './kept-pictures';
import { type KeyFrame, KeyFrames } from './key-frames';
import { type Picture, runFfmpeg } from './picture-decoder';
import type { PictureIndex } from './picture-index';
import type { SegmentBytes } from './segment-bytes';

/** A picture and when it was taken, epoch ms. */
export interface RecordedStill extends Picture {
  at: number;
}

const KEPT_BYTES = 32 * 1024 * 1024;
const INPUT = ['-threads', '1', '-f', 'mp4', '-i', 'pipe:0', '-map', '0:v:0', '-frames:v', '1'];
const OUTPUT = ['-vf', "scale=w='min(960,iw)':h=-2", '-q:v', '5', '-f', 'mjpeg', 'pipe:1'];

export interface StillParts {
  index: PictureIndex;
  recordings: Pick<RecordingIndex, 'initOf' | 'hasCamera'>;
  bytes: SegmentBytes;
  ffmpeg: () => Promise<FfmpegTools>;
  work: BoundedWork;
}

/** JPEGs of what is on record, each from the one key frame it shows. */
export class RecordedStills {
  private readonly kept = new KeptPictures<RecordedStill>(KEPT_BYTES);
  private readonly keyFrames: KeyFrames;

  constructor(private readonly parts: StillParts) {
    this.keyFrames = new KeyFrames(parts.bytes, (cameraId, runId) => parts.recordings.initOf(cameraId, runId));
  }

  /**
   * The nearest key frame at or before `at`, epoch ms. What it answers for one time stays right: footage that shows `at` is on record.
   * @throws DomainError `camera.not-found`; `media.not-found` when nothing was recorded then, or not any more; `service.unavailable`
   */
  async still(cameraId: string, at: number): Promise<RecordedStill> {
    const frame = await this.keyFrames.before(await this.parts.index.segments(cameraId, { from: at, to: at }), at);
    if (frame) return await this.kept.take(frame.key, () => this.parts.work.run(() => this.decode(frame)));
    if (await this.parts.recordings.hasCamera(cameraId))
      throw new DomainError('media.not-found', 'Nothing is on record of this camera at this time.');
    throw new DomainError('camera.not-found', 'There is no such camera.');
  }

  private async decode({ at, init, fragment }: KeyFrame): Promise<RecordedStill> {
    const jpeg = await runFfmpeg(await this.parts.ffmpeg(), { args: [...INPUT, ...OUTPUT], input: [init, fragment] });
    if (jpeg.length === 0) throw new Error('a recorded key frame does not decode');
    return { at, jpeg };
  }
}
