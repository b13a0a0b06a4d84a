import type { Severity } from '@app/contracts';
import type { Case, Person, Span, Vote } from './case';

/** How long a claim holds that is not renewed. */
export const CLAIM_MS = 10 * 60_000;
/** Members of a panel at least; the chair is one of them. */
export const PANEL_SIZE = 3;
/** What a player may leave out at the ends of a stretch: a segment begins where its key frame is. */
export const PLAYED_SLACK_MS = 500;

/** Organisations are told apart by their names, however they are written. */
export function sameOrganisation(one: string, other: string): boolean {
  return nameOf(one) === nameOf(other);
}

const nameOf = (organisation: string): string => organisation.trim().replace(/\s+/g, ' ').toLocaleLowerCase('und');

/**
 * How many different organisations reported it. People of no organisation count as one together: nobody can say how
 * independent they are of each other.
 */
export function corroborationOf(organisations: readonly (string | null)[]): number {
  return new Set(organisations.map((name) => (name === null ? null : nameOf(name)))).size;
}

/** What stands between a person and deciding this: their own report, their organisation's, their own station's. */
export type Conflict = 'own-report' | 'own-organisation' | 'own-commission';

export function conflictsOf(person: Person, { reporterId, organisations, stationId }: Case): Conflict[] {
  const conflicts: Conflict[] = [];
  if (person.id === reporterId) conflicts.push('own-report');
  const { organisation } = person;
  if (organisation !== null && organisations.some((other) => sameOrganisation(organisation, other)))
    conflicts.push('own-organisation');
  if (person.commissionStationId === stationId) conflicts.push('own-commission');
  return conflicts;
}

const SERIOUS: readonly Severity[] = ['S1', 'S2'];
const COUNT_AND_TRANSFER = /^(?:CNT-|TAB-|EVT-0[34]$)/;

/** Whether reviewer A alone may decide: slight things only, never of the count, and not who made it slight. */
export function needsSecond(incident: Pick<Case, 'severity' | 'code' | 'isSampled' | 'severityBy'>, finderId: string): boolean {
  const { severity, code, isSampled, severityBy } = incident;
  return SERIOUS.includes(severity) || COUNT_AND_TRANSFER.test(code) || isSampled || severityBy === finderId;
}

/** Whether a second triager has to agree that it is out of scope. */
export function needsSecondTriager(incident: Pick<Case, 'reportedSeverity' | 'isSampled'>): boolean {
  return SERIOUS.includes(incident.reportedSeverity) || incident.isSampled;
}

export function votesNow({ votes, round }: Pick<Case, 'votes' | 'round'>, ...stages: Vote['stage'][]): Vote[] {
  return votes.filter((vote) => vote.round === round && (stages.length === 0 || stages.includes(vote.stage)));
}

/** What a panel decided: undefined until three or more voted, the chair among them, and more than half agree. */
export function panelMajority(votes: readonly Vote[]): Vote | undefined {
  if (votes.length < PANEL_SIZE || !votes.some((vote) => vote.isChair)) return undefined;
  const winner = votes.find(({ outcome }) => votes.filter((vote) => vote.outcome === outcome).length * 2 > votes.length);
  return winner && (votes.find((vote) => vote.isChair && vote.outcome === winner.outcome) ?? winner);
}

/** Stretches put together where they touch, in their order. */
export function union(spans: readonly Span[], slackMs = 0): Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((left, right) => left.from - right.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.to + slackMs) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
  }
  return merged;
}

/** Whether the whole of `range` was played. */
export function coversRange(played: readonly Span[], range: Span): boolean {
  return union(played, PLAYED_SLACK_MS).some(
    ({ from, to }) => from <= range.from + PLAYED_SLACK_MS && to >= range.to - PLAYED_SLACK_MS,
  );
}

export const overlap = (one: Span, other: Span): boolean => one.from <= other.to && other.from <= one.to;
