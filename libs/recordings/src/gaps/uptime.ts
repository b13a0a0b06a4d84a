import type { GapCause, RecordedGap, Uptime } from '@app/contracts';
import type { TimeRange } from '../recorded-segment';

/** A gap as it is kept; epoch ms. */
export interface GapRecord {
  from: number;
  /** Null: it goes on. */
  to: number | null;
  cause: GapCause;
  /** Who switched the camera off. */
  actorId: string | null;
}

/** What one camera's uptime is told from. Epoch ms. */
export interface UptimeFacts {
  planned: TimeRange;
  /** Up to here each planned moment is on record or in a gap. */
  coveredUntil: number;
  /** In the order of time; they do not overlap. */
  gaps: readonly GapRecord[];
}

/** Planned time of a range that is known, and how much of it was recorded. */
export function uptimeOf(range: TimeRange, { planned, coveredUntil, gaps }: UptimeFacts): Uptime {
  const from = Math.max(range.from, planned.from);
  const to = Math.min(range.to, planned.to, coveredUntil);
  const plannedMs = Math.max(0, to - from);
  const missingMs = gaps.reduce((sum, gap) => sum + Math.max(0, Math.min(gap.to ?? to, to) - Math.max(gap.from, from)), 0);
  const recordedMs = Math.max(0, plannedMs - missingMs);
  return {
    plannedSeconds: Math.round(plannedMs) / 1000,
    recordedSeconds: Math.round(recordedMs) / 1000,
    uptime: plannedMs === 0 ? null : recordedMs / plannedMs,
  };
}

/** Gaps cut to a range. One that goes on stays open unless the range ended before now. */
export function gapsWithin(range: TimeRange, gaps: readonly GapRecord[], nowMs: number): RecordedGap[] {
  return gaps.flatMap((gap) => {
    const from = Math.max(gap.from, range.from);
    const end = Math.min(gap.to ?? nowMs, range.to);
    const isOpen = gap.to === null && range.to >= nowMs;
    if (end <= from) return [];
    return [
      {
        from: new Date(from).toISOString(),
        to: isOpen ? null : new Date(end).toISOString(),
        cause: gap.cause,
        ...(gap.actorId !== null && { actor: gap.actorId }),
      },
    ];
  });
}
