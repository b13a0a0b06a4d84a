import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileExists } from '@app/platform';
import { FedFfmpeg, type Tools } from './child';
import { readLoop } from './media-loop';
import { Picture } from './picture';
import { type SceneKind, createScene } from './scene';

export interface LoopOptions {
  stationCode: string;
  stationName: string;
  cameraName: string;
  scene: SceneKind;
  /** Default 640x360; both even. */
  width?: number;
  height?: number;
  /** Default 15. A whole number. */
  fps?: number;
  /** Default 1. A whole number of seconds that divides the loop's 16. */
  keyFrameSeconds?: number;
  /** Default AAC, mono, 16 kHz, 32 kbit/s. */
  audio?: 'aac' | 'pcma' | 'none';
  /** Default 450. */
  kilobitsPerSecond?: number;
  /** Default moving. `black`: the lens is covered, the sensor makes its noise. */
  look?: 'moving' | 'black';
}

/** Raise it when drawing or encoding changes, so that kept loops are made anew. */
const VERSION = 2;

/** 240 frames at 15 fps; 250 AAC frames at 16 kHz, 125 of G.711: no track has a seam. */
const LOOP_SECONDS = 16;
/** Sensor noise: without it drawn pictures compress to a tenth of what a camera sends. */
const FILTERS = { moving: 'noise=alls=5:allf=t', black: 'lutyuv=y=val/16+16:u=128:v=128,noise=alls=3:allf=t' };
/** AAC's encoder starts with frames of silence and ends where it likes; what is too much is cut off on reading. */
const SPARE_AUDIO_SECONDS = 0.5;
const AUDIO_RATE = { aac: 16000, pcma: 8000 };

/**
 * Encodes a loop into `directory` once and answers its file; later calls with the same options answer at once.
 * H.264 without B-frames and AAC or G.711 in FLV. Appears whole or not at all. Rejects with ffmpeg's own words.
 */
export async function encodeLoop(tools: Tools, directory: string, options: LoopOptions): Promise<string> {
  const settings = withDefaults(options);
  const hash = createHash('sha256')
    .update(JSON.stringify([VERSION, settings]))
    .digest('hex')
    .slice(0, 16);
  const name = `${settings.stationCode}-${settings.scene}`.replace(/[^A-Za-z0-9._-]/g, '_');
  const file = join(directory, `${name}-${hash}.flv`);
  if (await fileExists(file)) return file;
  await mkdir(directory, { recursive: true });
  // Two cameras may want the same loop at the same time: each writes its own, the later rename wins.
  const unfinished = `${file}.${randomBytes(4).toString('hex')}.part`;
  try {
    await encode(tools, unfinished, settings);
    await readLoop(unfinished);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return file;
}

type Settings = Required<LoopOptions>;

/** Names each field, so that nothing else an object carries gets into the hash. */
function withDefaults(options: LoopOptions): Settings {
  const { stationCode, stationName, cameraName, scene } = options;
  const { width = 640, height = 360, fps = 15, keyFrameSeconds = 1, audio = 'aac', kilobitsPerSecond = 450 } = options;
  const picture = { width, height, fps, keyFrameSeconds, kilobitsPerSecond, look: options.look ?? 'moving' };
  return { stationCode, stationName, cameraName, scene, audio, ...picture };
}

async function encode(tools: Tools, file: string, settings: Settings): Promise<void> {
  const child = new FedFfmpeg(tools, loopArgs(settings, file), 'error');
  const picture = new Picture(settings.width, settings.height);
  const scene = createScene(settings.scene, settings.stationCode, settings);
  const scale = settings.width >= 480 ? 2 : 1;
  const frames = LOOP_SECONDS * settings.fps;
  for (let frame = 0; frame < frames && child.writable; frame += 1) {
    scene.draw(picture, frame / frames);
    burnIn(picture, settings, scale, frame);
    await child.writeWhole(picture.bytes);
  }
  child.endInput();
  const { code, reason } = await child.ended;
  if (code !== 0) throw new Error(`ffmpeg could not encode the loop ${file}: ${reason}`);
}

function burnIn(picture: Picture, settings: Settings, scale: number, frame: number): void {
  picture.label(4 * scale, 4 * scale, `${settings.stationCode} ${settings.stationName}`, scale);
  picture.label(4 * scale, picture.height - 15 * scale, settings.cameraName, scale);
  const number = String(frame).padStart(3, '0');
  picture.label(picture.width - 26 * scale, picture.height - 15 * scale, number, scale);
}

function loopArgs(settings: Settings, file: string): string[] {
  const { width, height, fps, keyFrameSeconds, audio, kilobitsPerSecond } = settings;
  const gop = String(fps * keyFrameSeconds);
  return [
    ...['-y', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-video_size', `${width}x${height}`, '-framerate', String(fps)],
    ...['-i', 'pipe:0'],
    ...(audio === 'none' ? [] : audioArgs(audio)),
    ...['-vf', FILTERS[settings.look]],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-profile:v', 'main', '-threads', '1', '-bf', '0', '-pix_fmt', 'yuv420p'],
    ...['-g', gop, '-keyint_min', gop, '-sc_threshold', '0', '-b:v', `${kilobitsPerSecond}k`],
    ...['-maxrate', `${Math.round(kilobitsPerSecond * 1.2)}k`, '-bufsize', `${kilobitsPerSecond}k`],
    ...['-flags', '+global_header', '-f', 'flv', file],
  ];
}

/** The murmur of a room. */
function audioArgs(codec: 'aac' | 'pcma'): string[] {
  const rate = AUDIO_RATE[codec];
  const seconds = LOOP_SECONDS + (codec === 'aac' ? SPARE_AUDIO_SECONDS : 0);
  const source = `anoisesrc=color=brown:amplitude=0.12:sample_rate=${rate}:duration=${seconds}:seed=7`;
  const encoder = codec === 'aac' ? ['-c:a', 'aac', '-b:a', '32k'] : ['-c:a', 'pcm_alaw'];
  return ['-f', 'lavfi', '-i', source, '-map', '0:v', '-map', '1:a', '-ac', '1', ...encoder];
}
