import { type TimeRange, TOLERANCE_MS } from '../recorded-segment';

/** Time that something is known of. `cause` null: footage; else why there is none. */
export interface Piece<C extends string> extends TimeRange {
  cause: C | null;
}

/** Time without footage, and why. `actorId`: who switched the camera off. */
export interface Missing<C extends string> extends TimeRange {
  cause: C;
  actorId: string | null;
}

/** Time that a camera was switched off. */
export interface SwitchedOff extends TimeRange {
  actorId: string | null;
}

export interface CoverageFacts<C extends string> {
  /** In any order; where two say why there is no footage, the first one is right. */
  pieces: readonly Piece<C>[];
  off: readonly SwitchedOff[];
  /** When the camera's first footage began; before it, it had not started. Undefined: it has not yet. */
  firstFootage: number | undefined;
  /** Why runs ended, in the order of time: what is missing right after footage is missing for that. */
  endings: readonly { startedAt: number; cause: C }[];
  /** From here on nothing has been heard of it, and what that means. */
  silent: { from: number; cause: C } | undefined;
}

/** Causes that only say that nobody was recording: after a switch, it was the switch. */
const FOLLOWS_SWITCH = new Set(['recorder-restart', 'takeover', 'unknown']);

/**
 * What is missing of a range: together with the footage it covers the range with no hole and no overlap. Time between footage that is no
 * longer than the tolerance is not missing. In the order of time; of two that touch, the causes or actors differ.
 */
export function missingIn<C extends string>(
  range: TimeRange,
  facts: CoverageFacts<C>,
): Missing<C | 'operator-disabled' | 'not-started' | 'unknown'>[] {
  type Told = Missing<C | 'operator-disabled' | 'not-started' | 'unknown'>;
  const footage = facts.pieces.filter(({ cause }) => cause === null);
  const reasons = facts.pieces.filter((piece): piece is Piece<C> & { cause: C } => piece.cause !== null);
  return withoutAny(range, footage).flatMap((hole) => {
    const told: Told[] = [];
    let rest: TimeRange[] = [hole];
    const take = (time: TimeRange, cause: Told['cause'], actorId: string | null): void => {
      for (const part of rest.flatMap((free) => common(free, time) ?? [])) told.push({ ...part, cause, actorId });
      rest = rest.flatMap((free) => outside(free, time));
    };
    for (const off of facts.off) take(off, 'operator-disabled', off.actorId);
    take({ from: -Infinity, to: facts.firstFootage ?? Infinity }, 'not-started', null);
    for (const reason of reasons) take(reason, reason.cause, null);
    if (facts.silent) take({ from: facts.silent.from, to: Infinity }, facts.silent.cause, null);
    const ending = facts.endings.findLast(({ startedAt }) => startedAt <= hole.from);
    for (const free of rest)
      told.push({ ...free, cause: free.from === hole.from && ending ? ending.cause : 'unknown', actorId: null });
    return merged(told.sort((left, right) => left.from - right.from));
  });
}

/** Time of which nothing is known belongs to what follows; the rest of a gap that is this short, to what was before. */
const SHORT_MS = 1_000;

/** Neighbours of one cause become one, and slivers part of what stands beside them. */
function merged<C extends string>(parts: readonly Missing<C>[]): Missing<C>[] {
  const told: Missing<C>[] = [];
  let owed: number | undefined;
  for (const [index, part] of parts.entries()) {
    const from = owed ?? part.from;
    owed = undefined;
    const before = told.at(-1);
    const lengthMs = part.to - from;
    const isLast = index === parts.length - 1;
    const isNothing = lengthMs <= TOLERANCE_MS || (part.cause === 'unknown' && (!isLast || lengthMs <= SHORT_MS));
    if (before && (isSame(before, part) || belongsToSwitch(before, part) || (isNothing && isLast))) before.to = part.to;
    else if (isNothing && !isLast) owed = from;
    else told.push({ ...part, from });
  }
  return told;
}

const isSame = (left: Missing<string>, right: Missing<string>): boolean =>
  left.cause === right.cause && left.actorId === right.actorId;

const belongsToSwitch = (before: Missing<string>, part: Missing<string>): boolean =>
  before.cause === 'operator-disabled' && FOLLOWS_SWITCH.has(part.cause);

/** The parts of a range, longer than the tolerance, that none of the others covers. */
function withoutAny({ from, to }: TimeRange, others: readonly TimeRange[]): TimeRange[] {
  const holes: TimeRange[] = [];
  let reached = from;
  for (const other of [...others].sort((left, right) => left.from - right.from)) {
    const until = Math.min(other.from, to);
    if (until - reached > TOLERANCE_MS) holes.push({ from: reached, to: until });
    reached = Math.max(reached, other.to);
  }
  if (to - reached > TOLERANCE_MS) holes.push({ from: reached, to });
  return holes;
}

function outside(range: TimeRange, taken: TimeRange): TimeRange[] {
  if (!common(range, taken)) return [range];
  const parts = [
    { from: range.from, to: taken.from },
    { from: taken.to, to: range.to },
  ];
  return parts.filter(({ from, to }) => from < to);
}

export function common(left: TimeRange, right: TimeRange): TimeRange | undefined {
  const [from, to] = [Math.max(left.from, right.from), Math.min(left.to, right.to)];
  return from < to ? { from, to } : undefined;
}
