import { type Fragment, type InitSegment, TICKS_PER_SECOND } from '@app/hls';
import type { InputCodecs } from '@app/ffmpeg';
import type { PictureFacts } from '../state/camera-status';

const MEASURE_TICKS = 4 * TICKS_PER_SECOND;

/** Frame rate and bit rate of what comes, over the last few seconds of media. */
export class PictureMeter {
  private samples = 0;
  private bytes = 0;
  private ticks = 0;
  private fps: number | null = null;
  private bitrate: number | null = null;

  /** @returns whether new figures are there. */
  add(fragment: Fragment): boolean {
    this.samples += fragment.videoSamples;
    this.bytes += fragment.bytes.length;
    this.ticks += fragment.duration;
    if (this.ticks < MEASURE_TICKS) return false;
    this.fps = Math.round((this.samples * TICKS_PER_SECOND * 10) / this.ticks) / 10;
    this.bitrate = Math.round((this.bytes * 8 * TICKS_PER_SECOND) / this.ticks);
    this.samples = this.bytes = this.ticks = 0;
    return true;
  }

  /** The camera's own codecs where they are known, else those of what is published. */
  facts(init: InitSegment, input: InputCodecs | undefined): PictureFacts {
    return {
      codec: input?.video ?? init.video?.codec ?? null,
      audioCodec: input?.audio ?? init.audio?.codec ?? null,
      width: init.video?.width ?? null,
      height: init.video?.height ?? null,
      fps: this.fps,
      bitrate: this.bitrate,
    };
  }
}
