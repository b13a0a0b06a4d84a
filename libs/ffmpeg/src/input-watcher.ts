import { type InputCodecs } from './types';

const STREAM = /^\s*Stream #0:\d+\S*: (Video|Audio): (\w+)(?: \(([^)]*)\))?/;
const PREFIX = /^\[(?:info|warning|error|fatal|verbose)\] /;

/** Learns the codecs from the description ffmpeg prints of its input (at log level `info`), before its first byte of output. */
export class InputWatcher {
  private reading = false;
  private described = false;
  private video: Pick<InputCodecs, 'video' | 'videoProfile'> = { video: null };
  private audio: string | null = null;

  /** True when the description has just become complete. */
  take(line: string): boolean {
    const text = line.replace(PREFIX, '');
    if (text.startsWith('Input #0')) this.reading = true;
    else if (this.reading && endsDescription(text)) return this.finish();
    else if (this.reading) this.readStream(text);
    return false;
  }

  /** Undefined until the input was described. */
  get codecs(): InputCodecs | undefined {
    return this.described ? { ...this.video, audio: this.audio } : undefined;
  }

  /** The first track of each kind counts, as in `-map 0:v:0 -map 0:a:0?`. */
  private readStream(text: string): void {
    const [, kind, codec, profile] = STREAM.exec(text) ?? [];
    if (kind === 'Audio' && codec !== undefined) this.audio ??= codec;
    if (kind === 'Video' && codec !== undefined && this.video.video === null) {
      // Without a profile the bracket holds the codec's tag, as in `h264 ([7][0][0][0] / 0x0007)`.
      const named = profile !== undefined && !/[[/]/.test(profile);
      this.video = named ? { video: codec, videoProfile: profile } : { video: codec };
    }
  }

  /** For the end of the process: a description it died within is complete too. */
  finish(): boolean {
    if (!this.reading) return false;
    this.reading = false;
    this.described = true;
    return true;
  }
}

function endsDescription(text: string): boolean {
  return (
    /^(Stream mapping:|Output #0|Press \[q\]|Stream map )/.test(text) || /^\[\w+ @ 0x[0-9a-f]+\] \[(error|fatal)\]/.test(text)
  );
}
