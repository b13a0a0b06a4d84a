import type { IncidentState, ReviewClocks, Severity } from '@app/contracts';

/** Unless an election sets others. */
export const USUAL_CLOCKS: ReviewClocks = {
  rules: {
    S1: { claim: 5, whileOpen: 45, otherwise: 24 * 60 },
    S2: { claim: 15, whileOpen: 3 * 60, otherwise: 48 * 60 },
    S3: { claim: 60, whileOpen: 'end-of-day', otherwise: 5 * 24 * 60 },
    S4: { claim: null, whileOpen: null, otherwise: 10 * 24 * 60 },
  },
  answerMinutes: 60,
};

/** A missed clock goes to the lead at once, and to the region's chair when nothing has happened for this long. */
export const CHAIR_AFTER_MS = 15 * 60_000;
const MINUTE_MS = 60_000;

/** Times in milliseconds since the epoch; null: no clock. */
export interface Dues {
  claim: number | null;
  decision: number | null;
}

export interface ClockFacts {
  receivedAt: number;
  severity: Severity;
  /** Voting hours of the station. */
  opensAt: number;
  closesAt: number;
  timezone: string;
}

/** When an incident is to be claimed and decided, counted from its receipt. */
export function duesOf({ rules }: ReviewClocks, facts: ClockFacts): Dues {
  const { claim, whileOpen, otherwise } = rules[facts.severity];
  const pollsAreOpen = facts.receivedAt >= facts.opensAt && facts.receivedAt < facts.closesAt;
  // A severity without a clock for the hours of voting has the other one.
  const decision = pollsAreOpen ? (whileOpen ?? otherwise) : otherwise;
  return {
    claim: after(facts.receivedAt, claim),
    decision: decision === 'end-of-day' ? endOfDay(facts.receivedAt, facts.timezone) : after(facts.receivedAt, decision),
  };
}

function after(start: number, minutes: number | null): number | null {
  return minutes === null ? null : start + minutes * MINUTE_MS;
}

/** The next midnight at a place. */
export function endOfDay(at: number, timezone: string): number {
  const offset = offsetAt(at, timezone);
  const midnight = (Math.floor((at + offset) / 86_400_000) + 1) * 86_400_000;
  // The clocks may be changed before midnight.
  return midnight - offsetAt(midnight - offset, timezone);
}

/** How far local time is ahead of UTC. */
function offsetAt(at: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(at / 1000) * 1000;
}

const DECIDING: readonly IncidentState[] = ['triaging', 'in_review', 'awaiting_second', 'disputed'];

/** Which clock runs in a state: none while a question is open and when the work is done. */
export function runningClock(state: IncidentState, dues: Dues): { kind: 'claim' | 'decision'; due: number } | null {
  if (state === 'submitted' && dues.claim !== null) return { kind: 'claim', due: dues.claim };
  if ((state === 'submitted' || DECIDING.includes(state)) && dues.decision !== null)
    return { kind: 'decision', due: dues.decision };
  return null;
}
