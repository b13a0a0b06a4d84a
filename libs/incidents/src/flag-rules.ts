import type { FieldProblem } from '@app/contracts';

/** Default range around the flagged frame. */
export const BEFORE_MS = 20_000;
export const AFTER_MS = 10_000;
export const MAX_RANGE_MS = 10 * 60_000;
/** How far a viewer's clock and ours may differ before a frame counts as not shown yet. */
export const CLOCK_SLACK_MS = 5_000;
/** How far behind live a viewer can see: the recording window. */
export const SEEN_WINDOW_MS = 10 * 60_000;
const PRESSED_NOW_MS = 60_000;
/** How late a flag may arrive that was pressed in time, on a device that had no network since. */
export const LATE_ARRIVAL_MS = 24 * 3_600_000;

/** The footage held for a flag is wider than its range. */
export const HOLD_BEFORE_MS = 5 * 60_000;
export const HOLD_AFTER_MS = 10 * 60_000;

/** A clip is cut when its last segment should be in the index. */
export const CLIP_MARGIN_MS = 1_500;

export const UNDO_MS = 10_000;
/** What the press may need to reach us and the undo to come after it. */
export const UNDO_SLACK_MS = 5_000;

export interface FlaggedRange {
  at: Date;
  from: Date;
  to: Date;
}

export interface FlagTimes {
  at: string;
  from?: string;
  to?: string;
}

/** The press by the viewer's clock, and how far behind live the shown frame was. */
export interface PressClock {
  pressedAt: string;
  delayMs: number;
}

/** The range that is meant, not yet checked. */
export function rangeOf(times: FlagTimes): FlaggedRange {
  const at = new Date(times.at);
  return {
    at,
    from: times.from === undefined ? new Date(at.getTime() - BEFORE_MS) : new Date(times.from),
    to: times.to === undefined ? new Date(at.getTime() + AFTER_MS) : new Date(times.to),
  };
}

/**
 * What is wrong with the times of a flag. The frame may not be older than what could be seen when the key was
 * pressed; that the flag itself arrives late is no fault of it: it is taken, and its clip says if the footage is
 * gone. The end of the range may lie ahead: its clip waits.
 */
export function rangeProblems(range: FlaggedRange, press: PressClock, nowMs: number): FieldProblem[] {
  const [at, from, to] = [range.at.getTime(), range.from.getTime(), range.to.getTime()];
  const rules: [boolean, string, string][] = [
    [at > nowMs + CLOCK_SLACK_MS, 'at', `is not in the future by more than ${CLOCK_SLACK_MS / 1000} s`],
    [
      behindLiveMs(at, press, nowMs) > SEEN_WINDOW_MS,
      'at',
      `was at most ${SEEN_WINDOW_MS / 60_000} minutes behind live when it was flagged: older footage is not kept yet`,
    ],
    [at < nowMs - LATE_ARRIVAL_MS, 'at', `is at most ${LATE_ARRIVAL_MS / 3_600_000} hours ago`],
    [from > at, 'from', 'is not after `at`'],
    [to < at, 'to', 'is not before `at`'],
    [from <= to && to - from > MAX_RANGE_MS, 'to', `is at most ${MAX_RANGE_MS / 60_000} minutes after \`from\``],
  ];
  return rules.filter(([broken]) => broken).map(([, field, rule]) => ({ field, rule }));
}

/**
 * How far behind live the frame was at the press, at least. The player's measurement counts; where the viewer's
 * clock agrees with ours, the press was just now and its distance to the frame counts too.
 */
function behindLiveMs(at: number, press: PressClock, nowMs: number): number {
  const pressedAt = Date.parse(press.pressedAt);
  const pressedNow = Math.abs(nowMs - pressedAt) <= PRESSED_NOW_MS;
  return Math.max(press.delayMs - CLOCK_SLACK_MS, pressedNow ? pressedAt - at - PRESSED_NOW_MS : 0);
}

/** `receivedAt` stands for the press: the viewer's own clock may be wrong by hours. */
export function mayStillUndo(receivedAt: Date, nowMs: number): boolean {
  return nowMs <= receivedAt.getTime() + UNDO_MS + UNDO_SLACK_MS;
}
