/** A range of wall-clock time, epoch ms; `to` is not part of it. */
export interface TimeRange {
  from: number;
  to: number;
}

/** A row of the index, of what was recorded or of time in which nothing could be. Times are epoch ms. */
export interface RecordedSegment {
  mediaSequence: number;
  discontinuitySequence: number;
  /** Null: nothing to play. A gap, or footage that was deleted. */
  runId: string | null;
  startsAt: number;
  durationMs: number;
  /** A decoder may start here. */
  independent: boolean;
}

/** Clocks are not equal to the millisecond: time between two rows that is shorter than this is nothing that is missing. */
export const TOLERANCE_MS = 100;

export function endOf({ startsAt, durationMs }: Pick<RecordedSegment, 'startsAt' | 'durationMs'>): number {
  return startsAt + durationMs;
}
