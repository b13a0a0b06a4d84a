import { createReadStream } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FfmpegTools } from '@app/ffmpeg';
import type { ClipPiece } from '@app/recordings';
import { type IndexedSegment } from '../clip-plan';
import { frameArgs } from '../frame-args';
import { writeFrameSource } from '../piece-writer';
import { runFfmpeg } from '../run-ffmpeg';
import type { PackedCamera } from './manifest';
import { stillName } from './package-names';
import type { Staging } from './staging';

/** A picture of a package: what it shows, and when that was, epoch ms. */
export interface PackedStill {
  path: string;
  cameraNumber: number;
  cameraName: string;
  at: number;
}

/** A frame further than this from the time that is meant is not shown as it. */
const TOLERANCE_MS = 1_000;

/** Draws single frames of the collected footage, full size. */
export class StillMaker {
  constructor(private readonly tools: Pick<FfmpegTools, 'ffmpeg' | 'setpriv'>) {}

  /** @returns undefined when nothing was recorded near `at`, epoch ms */
  async add(
    camera: PackedCamera,
    pieces: readonly ClipPiece[],
    at: number,
    { staging, scratch, signal }: { staging: Staging; scratch: string; signal: AbortSignal | undefined },
  ): Promise<PackedStill | undefined> {
    const found = segmentNear(pieces, at);
    if (!found) return undefined;
    const { piece, index } = found;
    const inits = new Map(camera.inits.map(({ runId, path }) => [runId, staging.pathOf(path)]));
    const init = await readFile(inits.get(piece.runId)!);
    const [joined, source, still] = ['joined.mp4', 'source.mp4', 'still.jpg'].map((name) => join(scratch, name)) as [
      string,
      string,
      string,
    ];
    const first = piece.segments.findLastIndex((segment, position) => segment.independent && position <= index);
    const segments = piece.segments.slice(first, index + 1);
    await concatenate(joined, [inits.get(piece.runId)!, ...segments.map(({ stored }) => staging.pathOf(stored.file))]);
    const frames = await writeFrameSource(
      { runId: piece.runId, path: joined, init, segments: segments.map(asIndexed) },
      segments.length - 1,
      source,
    );
    const offsetMs = Math.max(0, at - segments.at(-1)!.startsAt);
    await runFfmpeg(this.tools, frameArgs(frames, offsetMs / 1000, still), signal);
    const shownAt = Math.round(
      segments.at(-1)!.startsAt + Math.min(offsetMs, (frames.durationSeconds - frames.frameSeconds) * 1000),
    );
    const path = stillName(camera.number, shownAt);
    if (!staging.files.some((file) => file.path === path)) await staging.add(path, 'still', createReadStream(still));
    for (const file of [joined, source, still]) await rm(file, { force: true });
    return { path, cameraNumber: camera.number, cameraName: camera.name, at: shownAt };
  }
}

export function segmentNear(pieces: readonly ClipPiece[], at: number): { piece: ClipPiece; index: number } | undefined {
  let nearest: { piece: ClipPiece; index: number; distance: number } | undefined;
  for (const piece of pieces)
    for (const [index, segment] of piece.segments.entries()) {
      const distance = Math.max(0, segment.startsAt - at, at - (segment.startsAt + segment.durationMs));
      // Where one segment ends the next begins, and that one shows the moment.
      if (distance <= TOLERANCE_MS && (!nearest || distance < nearest.distance || (distance === 0 && segment.startsAt <= at)))
        nearest = { piece, index, distance };
    }
  return nearest && { piece: nearest.piece, index: nearest.index };
}

function asIndexed({ stored, runId, startsAt, durationMs, independent }: ClipPiece['segments'][number]): IndexedSegment {
  const { cameraId, mediaSequence, file, length } = stored;
  return { cameraId, mediaSequence, runId, startsAt, durationMs, independent, file, byteOffset: 0, byteLength: length };
}

async function concatenate(target: string, parts: readonly string[]): Promise<void> {
  const file = await open(target, 'w');
  try {
    for (const part of parts) await file.appendFile(await readFile(part));
  } finally {
    await file.close();
  }
}
