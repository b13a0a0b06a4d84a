import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clipArgs, concatList, type FfmpegTools } from '@app/ffmpeg';
import { type ClipRange, endOf, missingMs, segmentAt, startOf, type Stretch, withFormatAt } from './clip-plan';
import type { FootageReader } from './footage-reader';
import { frameArgs } from './frame-args';
import { type Piece, writeFrameSource, writePieces } from './piece-writer';
import { runFfmpeg } from './run-ffmpeg';

/** A frame further than this from the flagged one is not shown as it. */
const STILL_TOLERANCE_MS = 1_000;

export interface CutClip {
  clipPath: string;
  /** Null: nothing was recorded near the flagged frame. */
  stillPath: string | null;
  /** Epoch ms of the first and the last frame. */
  from: number;
  to: number;
  /** Milliseconds of the range that are not in the clip. */
  gapMs: number;
  /** How many unbroken stretches were joined. */
  pieces: number;
  /** Milliseconds of recorded footage that could not be joined because its format differs. */
  otherFormatMs: number;
}

export interface CutInput {
  stretches: readonly Stretch[];
  /** Init segments by run. */
  formats: ReadonlyMap<string, Buffer>;
  range: ClipRange;
  reader: Pick<FootageReader, 'read'>;
  /** An empty folder for this cut alone; the caller deletes it. */
  folder: string;
  signal?: AbortSignal;
}

/** Makes the MP4 and the still of a flag out of recorded segments, by copy. */
export class ClipCutter {
  constructor(private readonly tools: Pick<FfmpegTools, 'ffmpeg' | 'setpriv'>) {}

  /** @returns undefined when no bytes of the range can be had. @throws Error when ffmpeg fails */
  async cut(input: CutInput): Promise<CutClip | undefined> {
    const all = await this.fetchPieces(input);
    const { kept, leftOut } = withFormatAt(all, input.formats, input.range.at);
    const [first] = kept;
    const last = kept.at(-1);
    if (!first || !last) return undefined;
    return {
      clipPath: await this.join(kept, input),
      stillPath: await this.still(kept, input),
      from: startOf(first),
      to: endOf(last),
      gapMs: missingMs(kept, input.range),
      pieces: kept.length,
      otherFormatMs: Math.round(leftOut.reduce((sum, piece) => sum + endOf(piece) - startOf(piece), 0)),
    };
  }

  private async fetchPieces({ stretches, formats, reader, folder, signal }: CutInput): Promise<Piece[]> {
    const pieces: Piece[] = [];
    for (const stretch of stretches) {
      signal?.throwIfAborted();
      const init = formats.get(stretch.runId);
      if (init) pieces.push(...(await writePieces(stretch, init, reader, folder)));
    }
    return pieces;
  }

  /**
   * Several pieces are remuxed first: ffmpeg takes the duration of a fragmented file from time 0 on, so joining them as
   * they are would leave a hole as long as the run was old.
   */
  private async join(pieces: readonly Piece[], { folder, signal }: CutInput): Promise<string> {
    const clip = join(folder, 'clip.mp4');
    const [only, ...others] = pieces;
    if (only && others.length === 0) {
      await runFfmpeg(this.tools, clipArgs({ kind: 'file', file: only.path }, clip), signal);
      return clip;
    }
    const remuxed: string[] = [];
    for (const [index, piece] of pieces.entries()) {
      const path = join(folder, `piece-${index}.mp4`);
      await runFfmpeg(this.tools, clipArgs({ kind: 'file', file: piece.path }, path), signal);
      remuxed.push(path);
    }
    const list = join(folder, 'pieces.txt');
    await writeFile(list, concatList(remuxed));
    await runFfmpeg(this.tools, clipArgs({ kind: 'list', file: list }, clip), signal);
    return clip;
  }

  private async still(pieces: readonly Piece[], { range, folder, signal }: CutInput): Promise<string | null> {
    const found = segmentAt(pieces, range.at);
    if (!found || found.distanceMs > STILL_TOLERANCE_MS) return null;
    const source = await writeFrameSource(found.stretch, found.index, join(folder, 'still-source.mp4'));
    const still = join(folder, 'still.jpg');
    const offsetMs = range.at - found.stretch.segments[found.index]!.startsAt;
    await runFfmpeg(this.tools, frameArgs(source, offsetMs / 1000, still), signal);
    return still;
  }
}
