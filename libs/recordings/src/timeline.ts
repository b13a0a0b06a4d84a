import { type TimeRange, TOLERANCE_MS } from './recorded-segment';

/** Rows of one kind without a hole between them. `cause`: why nothing is there; null for footage. */
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
}

export interface CameraTimeline {
  recorded: TimeRange[];
  gaps: (TimeRange & { cause: string })[];
}

/** The newest rows are on their way: that nothing is there yet is no gap for this long. */
const ARRIVING_MS = 30_000;

/**
 * One camera's footage and gaps, cut to the range. Between its first and its last row each hole is a gap; before and after them only
 * what was planned and is past.
 * @param stretches those that touch the range, in the order of media sequence
 */
export function timelineOf(stretches: readonly Stretch[], frame: Frame): CameraTimeline {
  const told = stretches.flatMap((stretch) => {
    const cut = common(stretch, frame.range);
    return cut ? [{ ...cut, cause: stretch.cause }] : [];
  });
  const holes = expected(frame).flatMap((part) => withoutAny(told, part));
  const gaps = [...told.flatMap(({ cause, ...time }) => (cause === null ? [] : [{ ...time, cause }])), ...holes];
  return {
    recorded: told.flatMap(({ cause, ...time }) => (cause === null ? [time] : [])).sort(byTime),
    gaps: gaps.sort(byTime),
  };
}

type Expected = TimeRange & { cause: string };

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

function cut(part: TimeRange, range: TimeRange, cause: string): Expected[] {
  const inRange = common(part, range);
  return inRange ? [{ ...inRange, cause }] : [];
}

/** What none of the stretches covers. */
function withoutAny(told: readonly TimeRange[], { from, to, cause }: Expected): Expected[] {
  const holes: Expected[] = [];
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
