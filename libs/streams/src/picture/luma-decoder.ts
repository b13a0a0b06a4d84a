import { FfmpegProcess, type FfmpegTools } from '@app/ffmpeg';
import type { Logger } from '@app/platform';
import { describedTag, FLV_START, MOST_PICTURE_BYTES, pictureTag } from './flv-pictures';
import { type Luma, LUMA, LUMA_BYTES } from './luma';

/** A key frame of H.264 as it lies in MP4, and what a decoder has to know before. */
export interface KeyFrame {
  config: Buffer;
  sample: Buffer;
}

/** Looks at pictures. */
export interface PictureEyes {
  /** Never rejects. Undefined: it could not be decoded, or nobody can look now. */
  look(frame: KeyFrame): Promise<Luma | undefined>;
}

/** A picture that is not decoded by then is given up, and the decoder with it. */
const MAX_MS = 3_000;
/** More wait only where the machine cannot keep up: looking is the first thing to be left out. */
const MOST_WAITING = 64;
const STEP_MS = 40;
const ARGS = [
  ...['-hide_banner', '-nostats', '-loglevel', 'level+error', '-protocol_whitelist', 'pipe'],
  ...['-probesize', '32', '-analyzeduration', '0', '-fpsprobesize', '0', '-flags', 'low_delay'],
  // One thread, or pictures come out late; no smoothing of block edges, which is a quarter of the work and moves no picture.
  ...['-threads', '1', '-skip_loop_filter', 'all'],
  // At the steps that we write: no picture is left out or shown twice.
  ...['-r', String(1000 / STEP_MS), '-f', 'flv', '-i', 'pipe:0', '-map', '0:v:0'],
  ...['-vf', `scale=${LUMA.width}:${LUMA.height}:flags=neighbor,format=gray`],
  // As raw video the last picture would be kept back until the next.
  ...['-c:v', 'pgm', '-flush_packets', '1', '-f', 'image2pipe', 'pipe:1'],
];
const HEADER = Buffer.from(`P5\n${LUMA.width} ${LUMA.height}\n255\n`);
const PICTURE_BYTES = HEADER.length + LUMA_BYTES;

/**
 * One ffmpeg that decodes key frames of all cameras of a packager, one after another: a process for each look would cost ten times what
 * the look does. Only one picture is under way, so what comes out belongs to what went in.
 */
export class LumaDecoder implements PictureEyes {
  private process: FfmpegProcess | undefined;
  private described: Buffer | undefined;
  private timeMs = 0;
  private waiting = 0;
  private last: Promise<unknown> = Promise.resolve();
  private stopped = false;
  private take: ((bytes: Buffer | undefined) => void) | undefined;
  private left = 0;

  constructor(
    private readonly tools: Pick<FfmpegTools, 'ffmpeg' | 'setpriv'>,
    private readonly logger: Logger,
  ) {}

  /** Pictures that were decoded. */
  get looks(): number {
    return this.left;
  }

  look(frame: KeyFrame): Promise<Luma | undefined> {
    if (this.stopped || this.waiting >= MOST_WAITING || frame.sample.length > MOST_PICTURE_BYTES)
      return Promise.resolve(undefined);
    this.waiting += 1;
    const seen = this.last.then(() => this.decode(frame)).finally(() => (this.waiting -= 1));
    this.last = seen;
    return seen;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.take?.(undefined);
    await this.process?.stop(0);
  }

  private async decode({ config, sample }: KeyFrame): Promise<Luma | undefined> {
    if (this.stopped) return undefined;
    const process = (this.process ??= this.start());
    const answer = new Promise<Buffer | undefined>((resolve) => (this.take = resolve));
    const timer = setTimeout(() => this.take?.(undefined), MAX_MS);
    this.timeMs += STEP_MS;
    if (!this.described?.equals(config)) this.write(process, describedTag(Buffer.from(config), this.timeMs));
    this.described = config;
    this.write(process, pictureTag(sample, this.timeMs));
    const luma = await answer;
    clearTimeout(timer);
    this.take = undefined;
    if (luma) this.left += 1;
    else this.giveUp(process);
    return luma;
  }

  private start(): FfmpegProcess {
    const process = FfmpegProcess.start({ tools: this.tools, args: ARGS, stdin: 'pipe' });
    let held: Buffer[] = [];
    let length = 0;
    process.stdout.on('data', (bytes: Buffer) => {
      held.push(bytes);
      length += bytes.length;
      if (length < PICTURE_BYTES) return;
      const whole = Buffer.concat(held);
      held = [];
      length = 0;
      // More than one picture for one look: nobody could tell whose it is.
      this.take?.(whole.length === PICTURE_BYTES ? whole.subarray(HEADER.length) : undefined);
    });
    void process.exited.then(() => {
      if (this.process === process) this.take?.(undefined);
    });
    this.described = undefined;
    this.timeMs = 0;
    this.write(process, [FLV_START]);
    return process;
  }

  private write(process: FfmpegProcess, pieces: readonly Buffer[]): void {
    for (const piece of pieces) process.stdin?.write(piece);
  }

  private giveUp(process: FfmpegProcess): void {
    if (this.process === process) this.process = undefined;
    if (!this.stopped) this.logger.debug({ stderr: process.stderr.slice(-3) }, 'a picture could not be looked at');
    void process.stop(0);
  }
}
