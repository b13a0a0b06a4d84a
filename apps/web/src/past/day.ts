import { TIMELINE_MAX_HOURS, type Station } from '@app/contracts';
import type { Span } from './day-record';

const MAX_MS = TIMELINE_MAX_HOURS * 3_600_000;

/**
 * The station's day, from its opening to the end of its count. One that is longer than a day is told in pieces of
 * 24 hours: the one that holds `at`.
 */
export const dayOf = ({ opensAt, countEndsAt }: Pick<Station, 'opensAt' | 'countEndsAt'>, at: number): Span => {
  const [from, to] = [Date.parse(opensAt), Date.parse(countEndsAt)];
  const last = Math.max(0, Math.ceil((to - from) / MAX_MS) - 1);
  const piece = Math.min(Math.max(Math.floor((at - from) / MAX_MS), 0), last);
  const start = from + piece * MAX_MS;
  return { from: start, to: Math.min(start + MAX_MS, to) };
};
