import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { FfmpegTools } from '@app/ffmpeg';
import { type Fragment, FragmentParser, type InitSegment, moveFragments } from '@app/hls';

const run = promisify(execFile);
const SEGMENT_TICKS = 2 * 90_000;

export interface LoopSegment {
  bytes: Buffer;
  /** Offsets in it of fragments that begin with a key frame. */
  keyFrames: number[];
  /** 90 kHz. */
  duration: number;
  /** 90 kHz, from the beginning of the loop. */
  startsAt: number;
}

/** A piece of recording that is repeated: real media, of which each repetition has its own decode times. */
export interface RecordedLoop {
  init: InitSegment;
  segments: LoopSegment[];
  seconds: number;
}

export interface LoopPicture {
  size: string;
  kilobits: number;
  seconds: number;
}

/** As a packager cuts it: a key frame a second, two seconds a segment, half a second a fragment. */
export async function recordLoop(tools: FfmpegTools, { size, kilobits, seconds }: LoopPicture): Promise<RecordedLoop> {
  const rate = [`-b:v`, `${kilobits}k`, '-maxrate', `${kilobits}k`, '-bufsize', `${kilobits * 2}k`];
  const args = [
    ...['-nostdin', '-loglevel', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '25', '-keyint_min', '25', '-sc_threshold', '0'],
    ...[...rate, '-video_track_timescale', '90000', '-t', String(seconds), '-f', 'mp4'],
    ...['-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-frag_duration', '500000', 'pipe:1'],
  ];
  const { stdout } = await run(tools.ffmpeg, args, { encoding: 'buffer', maxBuffer: 1 << 29 });
  const pieces = new FragmentParser().push(stdout);
  const init = pieces.find((piece): piece is InitSegment => piece.kind === 'init');
  if (!init) throw new Error('ffmpeg wrote no init segment');
  const segments: LoopSegment[] = [];
  for (const piece of pieces) if (piece.kind === 'fragment') add(segments, piece);
  return { init, segments, seconds };
}

function add(segments: LoopSegment[], { bytes, duration, decodeTime, independent }: Fragment): void {
  const last = segments.at(-1);
  if (!last || (independent && last.duration >= SEGMENT_TICKS)) {
    segments.push({ bytes, keyFrames: [0], duration, startsAt: decodeTime });
    return;
  }
  if (independent) last.keyFrames.push(last.bytes.length);
  last.bytes = Buffer.concat([last.bytes, bytes]);
  last.duration += duration;
}

/** The bytes of a segment as they are recorded when its run has gone on for so long. */
export function shifted({ bytes }: LoopSegment, { init }: RecordedLoop, seconds: number): Buffer {
  const moved = Buffer.from(bytes);
  moveFragments(moved, init.bytes, seconds);
  return moved;
}
