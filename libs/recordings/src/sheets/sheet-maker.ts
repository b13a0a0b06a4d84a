import { SCRUB_SHEET } from '@app/contracts';
import type { FfmpegTools } from '@app/ffmpeg';
import type { KeyFrame } from '../pictures/key-frames';
import { runFfmpeg } from '../pictures/picture-decoder';
import { CANVAS, emptyCanvas, PICTURE_BYTES, place } from './sheet-canvas';

const { width, height } = SCRUB_SHEET;
const FIT = `scale=${width}:${height}:force_original_aspect_ratio=decrease,pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2`;
const DECODE = [
  '-threads',
  '1',
  '-skip_frame',
  'nokey',
  '-f',
  'mp4',
  '-i',
  'pipe:0',
  '-map',
  '0:v:0',
  '-fps_mode',
  'passthrough',
];
const RAW = ['-vf', FIT, '-pix_fmt', 'yuvj420p', '-f', 'rawvideo', 'pipe:1'];
const SIZE = `${CANVAS.width}x${CANVAS.height}`;
const ENCODE = ['-f', 'rawvideo', '-pix_fmt', 'yuvj420p', '-s', SIZE, '-i', 'pipe:0', '-q:v', '6', '-f', 'mjpeg', 'pipe:1'];

/** A JPEG of the frames of a sheet, one process for each format in it and one for the sheet. @throws Error */
export async function makeSheet(tools: FfmpegTools, frames: readonly (KeyFrame | undefined)[], isIdle: boolean): Promise<Buffer> {
  const canvas = emptyCanvas();
  const pictures = new Map<string, Buffer>();
  for (const group of ofOneFormat(frames)) {
    const decoded = await decode(tools, group, isIdle);
    decoded.forEach((picture, index) => picture && pictures.set(group[index]!.key, picture));
  }
  frames.forEach((frame, slot) => {
    const picture = frame && pictures.get(frame.key);
    if (picture) place(canvas, picture, slot);
  });
  return await runFfmpeg(tools, { args: ENCODE, input: [canvas], isIdle });
}

/** Each frame once, however many slots show it. */
function ofOneFormat(frames: readonly (KeyFrame | undefined)[]): KeyFrame[][] {
  const unique = new Map(frames.flatMap((frame) => (frame ? [[frame.key, frame] as const] : [])));
  const groups: KeyFrame[][] = [];
  for (const frame of unique.values()) {
    const last = groups.at(-1);
    if (last?.[0]?.init.equals(frame.init)) last.push(frame);
    else groups.push([frame]);
  }
  return groups;
}

/** All in one go where that gives a picture for each; else one by one, because nothing tells which one is missing. */
async function decode(tools: FfmpegTools, frames: readonly KeyFrame[], isIdle: boolean): Promise<(Buffer | undefined)[]> {
  const raw = await decodeRaw(tools, frames, isIdle);
  if (raw?.length === frames.length * PICTURE_BYTES)
    return frames.map((_, index) => raw.subarray(index * PICTURE_BYTES, (index + 1) * PICTURE_BYTES));
  if (frames.length === 1) return [raw && raw.length >= PICTURE_BYTES ? raw.subarray(0, PICTURE_BYTES) : undefined];
  const single: (Buffer | undefined)[] = [];
  for (const frame of frames) single.push(...(await decode(tools, [frame], isIdle)));
  return single;
}

async function decodeRaw(tools: FfmpegTools, frames: readonly KeyFrame[], isIdle: boolean): Promise<Buffer | undefined> {
  const input = [frames[0]!.init, ...frames.map(({ fragment }) => fragment)];
  try {
    return await runFfmpeg(tools, { args: [...DECODE, ...RAW], input, isIdle });
  } catch {
    // A recorded frame that does not decode is a slot without a picture, not a sheet that cannot be made.
    return undefined;
  }
}
