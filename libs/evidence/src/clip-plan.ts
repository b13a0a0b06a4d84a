/** A media segment of the index. Times are epoch milliseconds. */
export interface IndexedSegment {
  cameraId: string;
  mediaSequence: number;
  runId: string;
  startsAt: number;
  durationMs: number;
  /** A decoder may start here. */
  independent: boolean;
  /** Where its bytes are below the packager's media folder; null when they were deleted. */
  file: string | null;
  byteOffset: number | null;
  byteLength: number | null;
}

export interface ClipRange {
  at: number;
  from: number;
  to: number;
}

/** Segments of one run without a hole between them, the first of them one that a decoder may start at. */
export interface Stretch {
  runId: string;
  segments: readonly IndexedSegment[];
}

/** How far before the range a decoder may have to start: more than the longest distance of key frames we take. */
export const LOOK_BACK_MS = 60_000;

/** The stretches that cover the range, whole segments each, in the order of time. */
export function stretchesOf(segments: readonly IndexedSegment[], range: Pick<ClipRange, 'from' | 'to'>): Stretch[] {
  return unbroken(segments.filter((segment) => segment.startsAt < range.to)).flatMap((run) => {
    const first = run.findIndex((segment) => endOf(segment) > range.from);
    if (first === -1) return [];
    const before = run.findLastIndex((segment, index) => segment.independent && index <= first);
    const start = before === -1 ? run.findIndex((segment) => segment.independent) : before;
    return start === -1 ? [] : [{ runId: run[start]!.runId, segments: run.slice(start) }];
  });
}

/**
 * The one format that a clip is made of, of those in `formats` by run: that of the flagged frame, or of the footage
 * nearest to it. Footage of another format cannot go into the same file without being encoded again.
 */
export function withFormatAt<T extends Stretch>(
  stretches: readonly T[],
  formats: ReadonlyMap<string, Buffer>,
  at: number,
): { kept: T[]; leftOut: T[] } {
  const nearest = nearestTo(stretches, at);
  const format = nearest && formats.get(nearest.runId);
  if (!format) return { kept: [], leftOut: [...stretches] };
  const fits = (stretch: T) => formats.get(stretch.runId)?.equals(format) ?? false;
  return { kept: stretches.filter(fits), leftOut: stretches.filter((stretch) => !fits(stretch)) };
}

/** Milliseconds of the range that no stretch covers. */
export function missingMs(stretches: readonly Stretch[], range: Pick<ClipRange, 'from' | 'to'>): number {
  let [missing, reached] = [0, range.from];
  for (const stretch of stretches) {
    missing += Math.max(0, Math.min(startOf(stretch), range.to) - reached);
    reached = Math.max(reached, endOf(stretch));
  }
  return Math.round(missing + Math.max(0, range.to - reached));
}

/** The segment that shows `at`, or lies nearest to it, and how far away that is. */
export function segmentAt<T extends Stretch>(
  stretches: readonly T[],
  at: number,
): { stretch: T; index: number; distanceMs: number } | undefined {
  const stretch = nearestTo(stretches, at);
  if (!stretch) return undefined;
  const within = stretch.segments.findLastIndex((segment) => segment.startsAt <= at);
  return { stretch, index: Math.max(0, within), distanceMs: distance(stretch, at) };
}

export function startOf(stretch: Stretch): number {
  return stretch.segments[0]!.startsAt;
}

export function endOf(part: Stretch | IndexedSegment): number {
  const last = 'segments' in part ? part.segments.at(-1)! : part;
  return last.startsAt + last.durationMs;
}

function unbroken(segments: readonly IndexedSegment[]): IndexedSegment[][] {
  const runs: IndexedSegment[][] = [];
  for (const segment of segments) {
    const last = runs.at(-1)?.at(-1);
    if (last?.runId === segment.runId && last.mediaSequence + 1 === segment.mediaSequence) runs.at(-1)!.push(segment);
    else runs.push([segment]);
  }
  return runs;
}

function nearestTo<T extends Stretch>(stretches: readonly T[], at: number): T | undefined {
  return [...stretches].sort((left, right) => distance(left, at) - distance(right, at))[0];
}

function distance(stretch: Stretch, at: number): number {
  return Math.max(0, startOf(stretch) - at, at - endOf(stretch));
}
