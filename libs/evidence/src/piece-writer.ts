import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { FragmentParser } from '@app/hls';
import type { IndexedSegment, Stretch } from './clip-plan';
import type { FootageReader } from './footage-reader';

/** A stretch on this machine's disk: its init segment and then its segments, as they were recorded. */
export interface Piece extends Stretch {
  path: string;
  init: Buffer;
}

/** Fetches the segments of a stretch into files. A segment that cannot be had ends a piece; the next begins at a key frame. */
export async function writePieces(
  stretch: Stretch,
  init: Buffer,
  reader: Pick<FootageReader, 'read'>,
  folder: string,
): Promise<Piece[]> {
  const pieces: Piece[] = [];
  const rest = [...stretch.segments];
  while (rest.length > 0) {
    const path = join(folder, `${stretch.segments[0]!.mediaSequence}-${pieces.length}.mp4`);
    const segments = await writePiece(path, init, rest, reader);
    if (segments.length > 0) pieces.push({ runId: stretch.runId, segments, path, init });
  }
  return pieces;
}

/** Takes from `rest` what goes into this piece, and the segment after it that is missing. */
async function writePiece(
  path: string,
  init: Buffer,
  rest: IndexedSegment[],
  reader: Pick<FootageReader, 'read'>,
): Promise<IndexedSegment[]> {
  const written: IndexedSegment[] = [];
  const file = await open(path, 'w');
  try {
    await file.appendFile(init);
    for (let segment = rest.shift(); segment; segment = rest.shift()) {
      if (written.length === 0 && !segment.independent) continue;
      const found = await reader.read(segment);
      if (found.kind === 'missing') break;
      await file.appendFile(found.bytes);
      written.push({ ...segment, byteLength: found.bytes.length });
    }
  } finally {
    await file.close();
  }
  return written;
}

/** A piece shortened to what decoding the segment at `index` takes, and where its frames are in media time. */
export interface FrameSource {
  path: string;
  /** Seconds, on the media's own clock, of the first frame of the segment. */
  startSeconds: number;
  durationSeconds: number;
  frameSeconds: number;
}

/** @throws MediaInvalid when what was recorded is not fMP4; Error when the segment holds no picture */
export async function writeFrameSource(piece: Piece, index: number, path: string): Promise<FrameSource> {
  const first = piece.segments.findLastIndex((segment, at) => segment.independent && at <= index);
  const offsetOf = (end: number) =>
    piece.init.length + piece.segments.slice(0, end).reduce((sum, segment) => sum + (segment.byteLength ?? 0), 0);
  const [start, middle, end] = [offsetOf(first), offsetOf(index), offsetOf(index + 1)];
  const source = await open(piece.path, 'r');
  const target = await open(path, 'w');
  try {
    const { buffer } = await source.read(Buffer.alloc(end - start), 0, end - start, start);
    await target.appendFile(piece.init);
    await target.appendFile(buffer);
    return { path, ...framesOf(piece.init, buffer.subarray(middle - start)) };
  } finally {
    await source.close();
    await target.close();
  }
}

const TICKS_PER_SECOND = 90_000;

function framesOf(init: Buffer, segment: Buffer): Omit<FrameSource, 'path'> {
  const parser = new FragmentParser();
  const fragments = [...parser.push(init), ...parser.push(segment)].flatMap((piece) =>
    piece.kind === 'fragment' && piece.videoSamples > 0 ? [piece] : [],
  );
  const [first] = fragments;
  const last = fragments.at(-1);
  if (!first || !last) throw new Error('The segment of the flagged frame holds no picture');
  const frames = fragments.reduce((sum, fragment) => sum + fragment.videoSamples, 0);
  const durationSeconds = (last.decodeTime + last.duration - first.decodeTime) / TICKS_PER_SECOND;
  return { startSeconds: first.decodeTime / TICKS_PER_SECOND, durationSeconds, frameSeconds: durationSeconds / frames };
}
