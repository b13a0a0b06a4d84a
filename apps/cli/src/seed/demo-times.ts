import type { ElectionTimes } from '@app/elections';

const HOUR_MS = 3_600_000;
const OPENS_AT_HOUR = 7;
const CLOSES_AT_HOUR = 20;
const COUNT_ENDS_AT_HOUR = 2;
/** A station's day is told in pieces of so many: the demo has one piece. */
const LONGEST_HOURS = 24;

/**
 * Times of an election that is going on whenever it is set up: from this morning to tonight, the count until two
 * hours after midnight, by this machine's clock. Set up at night it opened an hour ago, and its count ends within a day
 * of that; set up in the evening it closes at least four hours from now and counts for three more.
 */
export function demoTimes(now: Date): ElectionTimes {
  const at = (hour: number, days = 0): number =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour).getTime();
  const opensAt = Math.min(at(OPENS_AT_HOUR), now.getTime() - HOUR_MS);
  const closesAt = Math.max(at(CLOSES_AT_HOUR), now.getTime() + 4 * HOUR_MS);
  const countEndsAt = Math.min(Math.max(at(COUNT_ENDS_AT_HOUR, 1), closesAt + 3 * HOUR_MS), opensAt + LONGEST_HOURS * HOUR_MS);
  return { opensAt: new Date(opensAt), closesAt: new Date(closesAt), countEndsAt: new Date(countEndsAt) };
}
