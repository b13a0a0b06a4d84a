import type { GapCause } from '@app/contracts';
import { gapCauseOf } from './gaps/gap-cause';
import type { GapRecord } from './gaps/uptime';
import { type TimeRange, TOLERANCE_MS } from './recorded-segment';

/** Rows of one kind without a hole between them. `cause`: why nothing is there, in the recorder's words or `deleted`; null for footage. */
export interface Stretch extends TimeRange {
  cause: string | null;
}

/** What one camera's record has to be told against. Times are epoch ms. */
export interface Frame {
  range: TimeRange;
  /** From its first row to its last one; undefined when it has none. */
  onRecord: TimeRange | undefined;
  /** When it should be on air, by the calendar. */
  planned: TimeRange;
  nowMs: number;
  /** On record, in the order of time. */
  gaps: readonly GapRecord[];
}

export type ToldGap = TimeRange & { cause: GapCause | 'deleted'; actorId: string | null };

export interface CameraTimeline {
  recorded: TimeRange[];
  gaps: ToldGap[];
}

/** The newest rows are on their way: that nothing is there yet is no gap for this long. */
const ARRIVING_MS = 30_000;

/**
 * One camera's footage and gaps, cut to the range. Gaps are those on record; where the record does not reach, what the rows say. Between
 * its first and its last row each hole is a gap; before and after them only what was planned and is past.
 * @param stretches those that touch the range, in the order of media sequence
 */
export function timelineOf(stretches: readonly Stretch[], frame: Frame): CameraTimeline {
  const rows = stretches.flatMap((stretch) => cut(stretch, frame.range, stretch.cause));
  const recorded = rows.flatMap(({ cause, ...time }) => (cause === null ? [time] : []));
  const gaps: ToldGap[] = rows.flatMap((row) => (row.cause === 'deleted' ? [{ ...row, cause: row.cause, actorId: null }] : []));
  for (const gap of frame.gaps)
    for (const part of cut({ from: gap.from, to: gap.to ?? frame.nowMs }, frame.range, gap.cause))
      gaps.push(...withoutAny([...recorded, ...gaps], part).map((time) => ({ ...time, actorId: gap.actorId })));
  for (const { cause, ...time } of rows)
    if (cause !== null && cause !== 'deleted')
      gaps.push(...withoutAny([...recorded, ...gaps], { ...time, cause: gapCauseOf(cause) }).map(byNobody));
  for (const part of expected(frame)) gaps.push(...withoutAny([...recorded, ...gaps], part).map(byNobody));
  return { recorded: recorded.sort(byTime), gaps: gaps.sort(byTime) };
}

const byNobody = (hole: TimeRange & { cause: GapCause }): ToldGap => ({ ...hole, actorId: null });

type Expected = TimeRange & { cause: GapCause };

/** The parts of the range that something should be said of, and what it means when nothing is. */
function expected({ range, onRecord, planned, nowMs }: Frame): Expected[] {
  const past = { from: planned.from, to: Math.min(planned.to, nowMs) };
  if (!onRecord) return cut(past, range, 'not-started');
  const before = { from: past.from, to: Math.min(past.to, onRecord.from) };
  const after = { from: Math.max(past.from, onRecord.to), to: past.to };
  const isArriving = nowMs - onRecord.to < ARRIVING_MS;
  return [
    ...cut(before, range, 'not-started'),
    ...cut(onRecord, range, 'unknown'),
    ...(isArriving ? [] : cut(after, range, 'unknown')),
  ];
}

function cut<C extends string | null>(part: TimeRange, range: TimeRange, cause: C): (TimeRange & { cause: C })[] {
  const inRange = common(part, range);
  return inRange ? [{ ...inRange, cause }] : [];
}

/** What none of the stretches covers. */
function withoutAny<C>(told: readonly TimeRange[], { from, to, cause }: TimeRange & { cause: C }): (TimeRange & { cause: C })[] {
  const holes: (TimeRange & { cause: C })[] = [];
  let reached = from;
  for (const stretch of [...told].sort(byTime)) {
    if (stretch.from >= to) break;
    if (stretch.from - reached > TOLERANCE_MS) holes.push({ from: reached, to: stretch.from, cause });
    reached = Math.max(reached, stretch.to);
  }
  if (to - reached > TOLERANCE_MS) holes.push({ from: reached, to, cause });
  return holes;
}

function common(left: TimeRange, right: TimeRange): TimeRange | undefined {
  const [from, to] = [Math.max(left.from, right.from), Math.min(left.to, right.to)];
  return from < to ? { from, to } : undefined;
}

function byTime(left: TimeRange, right: TimeRange): number {
  return left.from - right.from;
}
