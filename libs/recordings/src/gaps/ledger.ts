import type { GapCause } from '@app/contracts';
import { type TimeRange, TOLERANCE_MS } from '../recorded-segment';
import { missingIn, type Piece, type SwitchedOff } from './coverage';
import type { GapRecord } from './uptime';

/** How far one camera's gaps are known. Epoch ms. */
export interface Progress {
  coveredUntil: number;
  /** Of the newest row that was looked at. */
  mediaSequence: number;
  /** When its first footage began; undefined: there is none yet. */
  recordedFrom: number | undefined;
  /** The end of what its rows speak of. */
  recordedTo: number | undefined;
}

/** Rows of one kind without a hole between them. */
export interface RowStretch extends Piece<GapCause> {
  lastSequence: number;
}

export interface LedgerFacts {
  planned: TimeRange;
  progress: Progress;
  /** Rows newer than the progress, in the order of media sequence. */
  rows: readonly RowStretch[];
  off: readonly SwitchedOff[];
  endings: readonly { startedAt: number; cause: GapCause }[];
  /** What it means that nothing is heard of the camera now. */
  silence: GapCause;
  nowMs: number;
}

/** The newest rows are on their way: that nothing is there yet is no gap for this long. */
export const ARRIVING_MS = 30_000;

/** Rows may be told late: gaps from here on may have to be told anew. */
export function rebuildFrom({ planned, progress, rows }: LedgerFacts): number {
  return Math.max(planned.from, Math.min(progress.coveredUntil, ...rows.map(({ from }) => from)));
}

/**
 * Brings the gaps of one camera up to what its rows say. Telling it in many steps, or in one, comes to the same.
 * @param known gaps that end after `rebuildFrom`, and the one before them, which may come to be one with the first
 * @returns the gaps that take the place of all that begin at `from` or later
 */
export function nextLedger(
  facts: LedgerFacts,
  known: readonly GapRecord[],
): { from: number; gaps: GapRecord[]; progress: Progress } {
  const { planned, progress, rows } = facts;
  const next = progressAfter(facts);
  const touched = touching(known, rebuildFrom(facts));
  const from = Math.min(rebuildFrom(facts), ...touched.map((gap) => gap.from));
  const before = touched.map((gap) => ({ ...gap, to: gap.to ?? progress.coveredUntil }));
  // That it had not started is told from its first footage, which may have come to be known only now.
  const reasons = before.filter(({ cause }) => cause !== 'not-started');
  const missing = missingIn<GapCause>(
    { from, to: next.coveredUntil },
    {
      pieces: [
        ...rows,
        ...reasons,
        ...footageBetween(before, { from, to: progress.coveredUntil }),
        ...aheadOf(progress, touched),
      ],
      off: facts.off,
      endings: facts.endings,
      firstFootage: next.recordedFrom,
      silent: next.recordedTo === undefined ? undefined : { from: next.recordedTo, cause: facts.silence },
    },
  );
  const gaps = missing.map((gap) => {
    const goesOn = gap.to === next.coveredUntil && gap.to < planned.to;
    return { from: gap.from, to: goesOn ? null : gap.to, cause: gap.cause, actorId: gap.actorId };
  });
  return { from, gaps, progress: next };
}

function progressAfter({ planned, progress, rows, nowMs }: LedgerFacts): Progress {
  const footage = rows.filter(({ cause }) => cause === null);
  const ends = [progress.recordedTo, ...rows.map(({ to }) => to)].filter((at) => at !== undefined);
  const recordedTo = ends.length === 0 ? undefined : Math.max(...ends);
  const starts = [progress.recordedFrom, ...footage.map(({ from }) => from)].filter((at) => at !== undefined);
  const known = recordedTo === undefined || nowMs - recordedTo > ARRIVING_MS ? nowMs : Math.min(recordedTo, nowMs);
  return {
    coveredUntil: Math.max(progress.coveredUntil, planned.from, Math.min(planned.to, known)),
    mediaSequence: Math.max(progress.mediaSequence, ...rows.map(({ lastSequence }) => lastSequence)),
    recordedFrom: starts.length === 0 ? undefined : Math.min(...starts),
    recordedTo,
  };
}

/** What was known already and is no gap is footage. */
function footageBetween(gaps: readonly TimeRange[], { from, to }: TimeRange): Piece<GapCause>[] {
  const footage: Piece<GapCause>[] = [];
  let reached = from;
  for (const gap of gaps) {
    if (gap.from > reached) footage.push({ from: reached, to: gap.from, cause: null });
    reached = Math.max(reached, gap.to);
  }
  if (to > reached) footage.push({ from: reached, to, cause: null });
  return footage;
}

/** Rows that ran ahead of the clock were looked at, and spoke of more than is told yet. */
function aheadOf({ coveredUntil, recordedTo }: Progress, touched: readonly GapRecord[]): Piece<GapCause>[] {
  if (recordedTo === undefined || recordedTo <= coveredUntil) return [];
  const open = touched.find(({ to }) => to === null);
  return [{ from: coveredUntil, to: recordedTo, cause: open?.cause ?? null }];
}

/** The gaps that reach a moment without footage between them. */
function touching(gaps: readonly GapRecord[], at: number): GapRecord[] {
  let reached = at;
  const first = gaps.findLastIndex((gap) => {
    if (gap.to !== null && gap.to < reached - TOLERANCE_MS) return true;
    reached = Math.min(reached, gap.from);
    return false;
  });
  return gaps.slice(first + 1);
}
