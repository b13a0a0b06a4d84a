import { type Fragment, type InitSegment, TICKS_PER_SECOND } from '@app/hls';
import type { InputCodecs } from '@app/ffmpeg';
import type { PictureFacts } from '../state/camera-status';

const MEASURE_TICKS = 4 * TICKS_PER_SECOND;

/** RFC 6381 names of sample entries and what ffmpeg calls the same. */
const NAMES: Record<string, string> = { avc1: 'h264', avc3: 'h264', hvc1: 'hevc', hev1: 'hevc', mp4a: 'aac', av01: 'av1' };

/** What the picture is made of, and its frame rate and bit rate over the last few seconds of media. */
export class PictureMeter {
  private samples = 0;
  private bytes = 0;
  private ticks = 0;
  private fps: number | null = null;
  private bitrate: number | null = null;

  add(fragment: Fragment): void {
    this.samples += fragment.videoSamples;
    this.bytes += fragment.bytes.length;
    this.ticks += fragment.duration;
    if (this.ticks < MEASURE_TICKS) return;
    this.fps = Math.round((this.samples * TICKS_PER_SECOND * 10) / this.ticks) / 10;
    this.bitrate = Math.round((this.bytes * 8 * TICKS_PER_SECOND) / this.ticks);
    this.samples = this.bytes = this.ticks = 0;
  }

  /** The camera's own codecs where they are known, else those of what is published. Rates are null until they are measured. */
  facts(init: InitSegment, input: InputCodecs | undefined): PictureFacts {
    return {
      codec: input?.video ?? nameOf(init.video?.codec),
      audioCodec: input?.audio ?? nameOf(init.audio?.codec),
      width: init.video?.width ?? null,
      height: init.video?.height ?? null,
      fps: this.fps,
      bitrate: this.bitrate,
    };
  }
}

function nameOf(codec: string | undefined): string | null {
  if (codec === undefined) return null;
  return NAMES[codec.split('.')[0] ?? ''] ?? codec;
}
