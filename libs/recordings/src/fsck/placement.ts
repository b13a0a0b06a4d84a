import type { RecoveredSegment } from '@app/streams';
import { TICKS_PER_SECOND } from '@app/hls';
import { endMs, type IndexRow, startMs } from './index-row';

/** As far as rounding may move a segment. */
const TOLERANCE_MS = 100;

type Neighbour = Pick<IndexRow, 'media_sequence' | 'starts_at' | 'duration_ticks'>;

export interface Place {
  /** The newest row before the bytes, and the row that follows it in the sequence. */
  before: Neighbour | undefined;
  after: Neighbour | undefined;
  /** Whether the bytes follow `before`, or come before `after`, in the files: how their time is known. */
  joins: { before: boolean; after: boolean };
  /** Somebody holds the camera, and writes at the end of its sequence. */
  owned: boolean;
}

export interface PlacedSegment {
  mediaSequence: number;
  startsAtMs: number;
  segment: RecoveredSegment;
}

export type Placement = { kind: 'placed'; segments: PlacedSegment[] } | { kind: 'left'; why: string };

/** Where segments that lost their rows belong, if that is free and cannot be anywhere else. */
export function placeOf(segments: readonly RecoveredSegment[], place: Place): Placement {
  const { before, after, joins } = place;
  const left = (why: string): Placement => ({ kind: 'left', why });
  if (segments.length === 0) return left('no whole segment is in them');
  if (!before) return left('no row comes before them');
  if (!after && place.owned) return left('the camera is being recorded, and its sequence goes on');
  const free = after ? after.media_sequence - before.media_sequence - 1 : segments.length;
  if (free !== segments.length) return left(`they are ${segments.length} segments, and ${free} media sequences are free`);
  const lengthMs = (segments.reduce((sum, { durationTicks }) => sum + durationTicks, 0) * 1000) / TICKS_PER_SECOND;
  let startsAtMs = endMs(before);
  if (!joins.before) {
    if (!after || !joins.after) return left('their time is not known');
    startsAtMs = startMs(after) - lengthMs;
  }
  if (startsAtMs < endMs(before) - TOLERANCE_MS) return left('they are longer than the time that is free');
  const overMs = after ? startsAtMs + lengthMs - startMs(after) : 0;
  if (overMs > TOLERANCE_MS) return left('they are longer than the time that is free');
  if (joins.before && joins.after && overMs < -TOLERANCE_MS) return left('they are shorter than the time that is free');
  const placed: PlacedSegment[] = [];
  for (const [index, segment] of segments.entries()) {
    placed.push({ mediaSequence: before.media_sequence + 1 + index, startsAtMs: Math.round(startsAtMs), segment });
    startsAtMs += (segment.durationTicks * 1000) / TICKS_PER_SECOND;
  }
  return { kind: 'placed', segments: placed };
}
