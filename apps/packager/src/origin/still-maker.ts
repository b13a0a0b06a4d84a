import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { FfmpegProcess, type FfmpegTools } from '@app/ffmpeg';
import type { Logger } from '@app/platform';
import type { CameraStream, MediaBody } from '@app/streams';

export interface Still {
  /** Wall clock of the picture, epoch milliseconds. */
  atMs: number;
  jpeg: Buffer;
}

interface Made extends Still {
  mediaSequence: number;
  madeAtMs: number;
}

/** A newest still is shown this long before a newer one is made. */
const FRESH_MS = 5_000;
/** An older one is still better than waiting, while a newer one is made. */
const SHOWN_MS = 30_000;
const MAX_MS = 5_000;
const MAX_BYTES = 4 * 1024 * 1024;
const KEPT_RANGES = 100;
const ARGS = ['-hide_banner', '-loglevel', 'error', '-f', 'mp4', '-i', 'pipe:0', '-map', '0:v:0', '-frames:v', '1'];
const OUTPUT = ['-vf', "scale=w='min(960,iw)':h=-2", '-q:v', '5', '-f', 'mjpeg', 'pipe:1'];

/** JPEGs of key frames, made when somebody looks: one ffmpeg at a time, each still once however many ask for it. */
export class StillMaker {
  private readonly newest = new Map<string, Made>();
  private readonly past = new Map<string, Still>();
  private readonly making = new Map<string, Promise<Made | undefined>>();
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly tools: FfmpegTools,
    private readonly mediaDirectory: string,
    private readonly logger: Logger,
  ) {}

  /** The nearest key frame at or before `atMs`, or the newest. Undefined when the list holds no picture there. */
  async still(cameraId: string, stream: CameraStream, atMs?: number): Promise<Still | undefined> {
    return atMs === undefined ? await this.latest(cameraId, stream) : await this.before(cameraId, stream, atMs);
  }

  /** Forgets what a camera that went away left here. */
  forget(cameraId: string): void {
    this.newest.delete(cameraId);
  }

  private async latest(cameraId: string, stream: CameraStream): Promise<Still | undefined> {
    const known = this.newest.get(cameraId);
    const ageMs = known ? Date.now() - known.madeAtMs : Infinity;
    if (ageMs < FRESH_MS) return known;
    const segment = keyFrameSegment(stream, Infinity);
    if (segment && known?.mediaSequence === segment.mediaSequence) return known;
    const making = this.make(cameraId, stream, segment).then((made) => {
      if (made) this.newest.set(cameraId, made);
      return made;
    });
    return ageMs < SHOWN_MS ? known : await making;
  }

  private async before(cameraId: string, stream: CameraStream, atMs: number): Promise<Still | undefined> {
    const segment = keyFrameSegment(stream, atMs);
    const key = `${cameraId}/${segment?.mediaSequence}`;
    const known = this.past.get(key);
    if (known) return known;
    const made = await this.make(cameraId, stream, segment);
    if (made) this.past.set(key, made);
    for (const oldest of this.past.keys()) if (this.past.size > KEPT_RANGES) this.past.delete(oldest);
    return made;
  }

  private make(cameraId: string, stream: CameraStream, segment: ReturnType<typeof keyFrameSegment>): Promise<Made | undefined> {
    if (!segment?.runId) return Promise.resolve(undefined);
    const { mediaSequence, startsAt, runId } = segment;
    const key = `${cameraId}/${mediaSequence}`;
    const running = this.making.get(key);
    if (running) return running;
    const made = this.last
      .then(async () => {
        const found = stream.window.segment(mediaSequence);
        const init = stream.window.init(runId);
        if (found.kind !== 'body' || !init) return undefined;
        const jpeg = await this.decode([...(await this.read(init)), ...(await this.read(found.body))]);
        return jpeg && { mediaSequence, atMs: startsAt, jpeg, madeAtMs: Date.now() };
      })
      .catch((error: unknown) => {
        this.logger.warn({ err: error, cameraId, mediaSequence }, 'a still could not be made');
        return undefined;
      })
      .finally(() => this.making.delete(key));
    this.making.set(key, made);
    this.last = made;
    return made;
  }

  private async decode(media: readonly Buffer[]): Promise<Buffer | undefined> {
    const ffmpeg = FfmpegProcess.start({ tools: this.tools, args: [...ARGS, ...OUTPUT], stdin: 'pipe' });
    const timer = setTimeout(() => void ffmpeg.stop(0), MAX_MS);
    const chunks: Buffer[] = [];
    let length = 0;
    ffmpeg.stdout.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BYTES) chunks.push(chunk);
    });
    for (const chunk of media) ffmpeg.stdin?.write(chunk);
    ffmpeg.stdin?.end();
    const ended = new Promise((resolve) => ffmpeg.stdout.once('close', resolve));
    const { code } = await ffmpeg.exited;
    await ended;
    clearTimeout(timer);
    return code === 0 && length > 0 && length <= MAX_BYTES ? Buffer.concat(chunks) : undefined;
  }

  private async read(body: MediaBody): Promise<readonly Buffer[]> {
    if (body.kind === 'memory') return body.chunks;
    const file = await open(join(this.mediaDirectory, body.file), 'r');
    try {
      const { buffer } = await file.read(Buffer.alloc(body.length), 0, body.length, body.offset);
      return [buffer];
    } finally {
      await file.close();
    }
  }
}

function keyFrameSegment(stream: CameraStream, atMs: number) {
  return stream.window
    .segments()
    .findLast((segment) => segment.kind === 'media' && segment.independent && segment.startsAt <= atMs);
}
