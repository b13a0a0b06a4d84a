import { endOf, type RecordedSegment, type TimeRange, TOLERANCE_MS } from './recorded-segment';

export type PlayableSegment = RecordedSegment & { runId: string };

/** What a list shows one after the other: footage, and time without any. Times are epoch ms. */
export type RangeEntry = { kind: 'media'; segment: PlayableSegment } | ({ kind: 'absent' } & TimeRange);

/**
 * Footage as it was recorded, whole segments each, and between it all time of the range that there is none of: gaps, deleted footage,
 * and time that no row speaks of. Absent time ends at `knownUntil`: what comes after may still be on its way to the index.
 * @param segments those that touch the range, in the order of media sequence
 */
export function entriesOf(segments: readonly RecordedSegment[], range: TimeRange, knownUntil: number): RangeEntry[] {
  const entries: RangeEntry[] = [];
  let reached = range.from;
  const absentUntil = (until: number): void => {
    const to = Math.min(until, range.to);
    if (to - reached > TOLERANCE_MS) entries.push({ kind: 'absent', from: reached, to });
  };
  for (const segment of segments) {
    if (!isPlayable(segment)) continue;
    absentUntil(segment.startsAt);
    entries.push({ kind: 'media', segment });
    // A clock that was set back shows some time twice; what follows is measured from the later one.
    reached = Math.max(reached, endOf(segment));
  }
  absentUntil(knownUntil);
  return entries;
}

function isPlayable(segment: RecordedSegment): segment is PlayableSegment {
  return segment.runId !== null;
}
