import { endOf, type TimeRange, TOLERANCE_MS } from '../recorded-segment';
import type { StoredSegment } from '../pictures/segment-bytes';

/** A segment that can go into a clip. Times are epoch ms. */
export interface ClipSegment {
  stored: StoredSegment;
  runId: string;
  startsAt: number;
  durationMs: number;
  independent: boolean;
}

/** Segments of one run that follow each other, the first of them one that a decoder may start at. */
export interface ClipPiece {
  runId: string;
  segments: ClipSegment[];
}

/**
 * The footage of the range, whole segments each. What a decoder needs before it comes along.
 * @param segments in the order of media sequence, as far back before the range as a key frame may lie
 */
export function piecesOf(segments: readonly ClipSegment[], { from, to }: TimeRange): ClipPiece[] {
  return unbroken(segments.filter(({ startsAt }) => startsAt < to)).flatMap((piece) => {
    const wanted = piece.findIndex((segment) => endOf(segment) > from);
    if (wanted < 0) return [];
    const before = piece.findLastIndex(({ independent }, index) => independent && index <= wanted);
    const start = before < 0 ? piece.findIndex(({ independent }) => independent) : before;
    return start < 0 ? [] : [{ runId: piece[start]!.runId, segments: piece.slice(start) }];
  });
}

export const rangeOf = ({ segments }: ClipPiece): TimeRange => ({ from: segments[0]!.startsAt, to: endOf(segments.at(-1)!) });

/** What is shown under one format: neighbouring pieces with equal init segments. */
export function rangesOfOneFormat(pieces: readonly ClipPiece[], inits: ReadonlyMap<string, Buffer>): TimeRange[] {
  const ranges: TimeRange[] = [];
  let before: Buffer | undefined;
  for (const piece of pieces) {
    const init = inits.get(piece.runId);
    const { from, to } = rangeOf(piece);
    const last = ranges.at(-1);
    if (last && init && before?.equals(init)) last.to = to;
    else ranges.push({ from, to });
    before = init;
  }
  return ranges;
}

/** Milliseconds of the range that are not in the pieces. */
export function missingMs(pieces: readonly ClipPiece[], { from, to }: TimeRange): number {
  let [missing, reached] = [0, from];
  for (const piece of pieces) {
    const there = rangeOf(piece);
    const hole = there.from - reached;
    if (hole > TOLERANCE_MS) missing += hole;
    reached = Math.max(reached, there.to);
  }
  return Math.round(missing + (to - reached > TOLERANCE_MS ? to - reached : 0));
}

function unbroken(segments: readonly ClipSegment[]): ClipSegment[][] {
  const pieces: ClipSegment[][] = [];
  for (const segment of segments) {
    const last = pieces.at(-1)?.at(-1);
    const follows = last?.runId === segment.runId && last.stored.mediaSequence + 1 === segment.stored.mediaSequence;
    if (follows) pieces.at(-1)!.push(segment);
    else pieces.push([segment]);
  }
  return pieces;
}
