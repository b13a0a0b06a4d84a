import { FedFfmpeg, type ChildEnd, type Tools } from './child';
import { CLOCK_STRIP_SHARE, drawClockStrip } from './clock-strip';
import { liveDecoder } from './live-decoder';
import type { MediaFormat, MediaSample, MediaSource } from './media';
import { Picture } from './picture';
import { type Scene, createScene } from './scene';

export interface LiveCameraOptions {
  tools: Tools;
  /** Burnt in, top left. */
  name: string;
  /** Default 320x240. Both even, the width a multiple of 32. */
  width?: number;
  height?: number;
  /** Default 15. */
  fps?: number;
  /** Default 1. Any number, 30 for a camera set up badly. */
  keyFrameSeconds?: number;
  /** Default h264. HEVC has no sound. */
  codec?: 'h264' | 'hevc';
  /** Default none. */
  audio?: 'aac' | 'pcma' | 'none';
}

type Settings = Required<LiveCameraOptions>;

/** One loop of the drawn movement; the clock beside it never repeats. */
const SCENE_MS = 16_000;

/** Resolves when the encoder's first picture is there. Rejects with ffmpeg's words when it ends before that. */
export async function startLiveCamera(options: LiveCameraOptions): Promise<LiveCamera> {
  const defaults = { width: 320, height: 240, fps: 15, keyFrameSeconds: 1, codec: 'h264', audio: 'none' } as const;
  const settings: Settings = { ...defaults, ...options };
  const child = new FedFfmpeg(settings.tools, liveArgs(settings), 'error');
  return LiveCamera.start(child, settings);
}

/**
 * Encodes in real time. Every picture shows the UTC at which it was drawn, in digits and as a strip that
 * `readClockStrip` reads, so the true age of a displayed picture can be measured.
 */
export class LiveCamera implements MediaSource {
  private readonly listeners = new Set<(samples: MediaSample[]) => void>();
  private readonly times: number[] = [];
  private readonly startMs = performance.now();
  private readonly picture: Picture;
  private readonly scene: Scene;
  private timer: NodeJS.Timeout | undefined;
  private slot = -1;

  private constructor(
    private readonly child: FedFfmpeg,
    private readonly settings: Settings,
    readonly format: MediaFormat,
  ) {
    this.picture = new Picture(settings.width, settings.height);
    this.scene = createScene('overview', settings.name, settings);
  }

  static async start(child: FedFfmpeg, settings: Settings): Promise<LiveCamera> {
    const decoder = liveDecoder(settings);
    const format: MediaFormat = { video: { codec: settings.codec, parameterSets: [], fps: settings.fps } };
    const camera = new LiveCamera(child, settings, format);
    const ready = new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (bytes: Buffer) => {
        const samples = decoder.push(bytes, camera.times);
        Object.assign(format, decoder.format(format));
        if (samples.some((sample) => sample.kind === 'video')) resolve();
        if (samples.length > 0) for (const listener of camera.listeners) listener(samples);
      });
      void child.ended.then((end) => reject(new Error(`ffmpeg could not encode a live camera: ${end.reason}`)));
    });
    camera.run();
    await ready;
    return camera;
  }

  /** Settles when the encoder has ended. */
  get ended(): Promise<ChildEnd> {
    return this.child.ended;
  }

  subscribe(listener: (samples: MediaSample[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await this.child.stop();
  }

  private run(): void {
    void this.child.ended.then(() => clearTimeout(this.timer));
    const frameMs = 1000 / this.settings.fps;
    const beat = (): void => {
      const slot = Math.floor((performance.now() - this.startMs) / frameMs);
      // An encoder that is behind loses pictures, as a camera's does; the times of the others stay true.
      if (slot > this.slot && this.child.queuedBytes < this.picture.bytes.length * 2) this.shoot(slot);
      this.timer = setTimeout(beat, (slot + 1) * frameMs - (performance.now() - this.startMs));
    };
    beat();
  }

  private shoot(slot: number): void {
    this.slot = slot;
    const timeMs = (slot * 1000) / this.settings.fps;
    const utcMs = Date.now();
    this.scene.draw(this.picture, (timeMs % SCENE_MS) / SCENE_MS);
    const below = Math.ceil(this.picture.height * CLOCK_STRIP_SHARE) + 2;
    this.picture.label(2, below, this.settings.name, 1);
    this.picture.label(2, below + 14, new Date(utcMs).toISOString(), 2);
    drawClockStrip(this.picture, utcMs);
    this.times.push(timeMs);
    // The pipe may still read this buffer when the next picture is drawn.
    this.child.write(Buffer.from(this.picture.bytes));
  }
}

function liveArgs(settings: Omit<Settings, 'tools' | 'name'>): string[] {
  const { width, height, fps, keyFrameSeconds, codec, audio } = settings;
  const gop = String(Math.round(fps * keyFrameSeconds));
  const picture = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-video_size', `${width}x${height}`, '-framerate', String(fps)];
  const input = ['-probesize', '32', '-fflags', 'nobuffer', ...picture, '-i', 'pipe:0'];
  if (codec === 'hevc') {
    const parameters = `aud=1:repeat-headers=1:bframes=0:keyint=${gop}:min-keyint=${gop}:scenecut=0:log-level=error`;
    const encoder = ['-c:v', 'libx265', '-preset', 'ultrafast', '-tune', 'zerolatency', '-x265-params', parameters];
    return [...input, ...encoder, '-flush_packets', '1', '-f', 'hevc', 'pipe:1'];
  }
  const rate = audio === 'pcma' ? 8000 : 16000;
  const sound = ['-f', 'lavfi', '-i', `anoisesrc=color=brown:amplitude=0.12:sample_rate=${rate}`, '-map', '0:v', '-map', '1:a'];
  const soundEncoder = audio === 'pcma' ? ['-c:a', 'pcm_alaw'] : ['-c:a', 'aac', '-b:a', '32k'];
  return [
    ...input,
    ...(audio === 'none' ? [] : [...sound, '-ac', '1', ...soundEncoder]),
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-threads', '1', '-pix_fmt', 'yuv420p'],
    ...['-g', gop, '-keyint_min', gop, '-sc_threshold', '0', '-b:v', '600k', '-maxrate', '900k', '-bufsize', '600k'],
    ...['-flush_packets', '1', '-f', 'flv', 'pipe:1'],
  ];
}
