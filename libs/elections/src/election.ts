import type { Election, PHASES } from '@app/contracts';

/** Cameras come on air this long before the polls open, so that a dark one is seen in time. */
export const BEFORE_OPENING_LEAD_MS = 15 * 60_000;

export interface ElectionTimes {
  opensAt: Date;
  closesAt: Date;
  countEndsAt: Date;
}

export function phaseOf({ opensAt, closesAt, countEndsAt }: ElectionTimes, now: Date): (typeof PHASES)[number] {
  if (now < opensAt) return 'before-opening';
  if (now < closesAt) return 'voting';
  return now < countEndsAt ? 'counting' : 'closed';
}

/** Whether the calendar wants its cameras on air now: from a while before the polls open to the end of the count. */
export function isBroadcasting({ opensAt, countEndsAt }: ElectionTimes, now: Date): boolean {
  return now.getTime() >= opensAt.getTime() - BEFORE_OPENING_LEAD_MS && now < countEndsAt;
}

/** A station's own times; null: as the election. */
export interface OwnTimes {
  opens_at: Date | null;
  closes_at: Date | null;
  count_ends_at: Date | null;
}

/** When a station is open: its own times where it has any. */
export function timesAt(own: OwnTimes, election: ElectionTimes): ElectionTimes {
  return {
    opensAt: own.opens_at ?? election.opensAt,
    closesAt: own.closes_at ?? election.closesAt,
    countEndsAt: own.count_ends_at ?? election.countEndsAt,
  };
}

/** What is wrong with times in their order; empty when nothing is. */
export function brokenTimes({ opensAt, closesAt, countEndsAt }: ElectionTimes): { field: keyof ElectionTimes; rule: string }[] {
  const problems: { field: keyof ElectionTimes; rule: string }[] = [];
  if (opensAt >= closesAt) problems.push({ field: 'closesAt', rule: `is after the opening, ${opensAt.toISOString()}` });
  if (closesAt > countEndsAt)
    problems.push({ field: 'countEndsAt', rule: `is not before the closing, ${closesAt.toISOString()}` });
  return problems;
}

export interface ElectionRow {
  id: string;
  name: string;
  opens_at: Date;
  closes_at: Date;
  count_ends_at: Date;
}

export function timesOf(row: ElectionRow): ElectionTimes {
  return { opensAt: row.opens_at, closesAt: row.closes_at, countEndsAt: row.count_ends_at };
}

export function toElection(row: ElectionRow, now: Date): Election {
  return {
    id: row.id,
    name: row.name,
    opensAt: row.opens_at.toISOString(),
    closesAt: row.closes_at.toISOString(),
    countEndsAt: row.count_ends_at.toISOString(),
    phase: phaseOf(timesOf(row), now),
  };
}
