import { type Finding, period } from './findings';
import { endMs, type IndexRow, startMs } from './index-row';

/** What rounding and a slewed clock may take or add between two rows. */
const TOLERANCE_MS = 100;

export interface Period {
  fromMs: number;
  toMs: number;
}

/** What else is on record that rows are held against. */
export interface KnownTime {
  /** Covered from its beginning to its end; without it from the first row to the last. */
  expected?: Period | undefined;
  /** Gaps on record, in the order of time. They cover what no row does. */
  gaps: readonly Period[];
  /** Rows after this one are not in the gaps yet. */
  gapsUntilSequence: number;
  /** Runs that ended because the clock was set: time may go back after them. */
  clockSetAfter: ReadonlySet<string>;
}

const NOTHING_KNOWN: KnownTime = { gaps: [], gapsUntilSequence: -1, clockSetAfter: new Set() };

/**
 * Order of one camera's rows, and the gap invariant: segments and gaps cover the time with no hole and no overlap beyond 100 ms. Fed row by
 * row by media sequence; keeps only the newest.
 */
export class RowOrder {
  private previous: IndexRow | undefined;

  constructor(
    private readonly cameraId: string,
    private readonly known: KnownTime = NOTHING_KNOWN,
  ) {}

  next(row: IndexRow): Finding[] {
    const previous = this.previous;
    this.previous = row;
    const { expected } = this.known;
    const doubled = this.inGap(row);
    if (!previous)
      return [...(expected ? this.uncovered(expected.fromMs, Math.min(startMs(row), expected.toMs)) : []), ...doubled];
    return [...this.sequence(previous, row), ...this.time(previous, row), ...doubled];
  }

  /** After the last row. */
  finish(): Finding[] {
    if (!this.known.expected) return [];
    const { fromMs, toMs } = this.known.expected;
    return this.uncovered(this.previous ? Math.max(endMs(this.previous), fromMs) : fromMs, toMs, this.previous);
  }

  private sequence(previous: IndexRow, row: IndexRow): Finding[] {
    const findings: Finding[] = [];
    const at = { cameraId: this.cameraId, mediaSequence: row.media_sequence };
    const step = row.media_sequence - previous.media_sequence;
    if (step > 1) {
      const missing = step === 2 ? `Media sequence ${row.media_sequence - 1} has` : `${step - 1} media sequences have`;
      const where = period(endMs(previous), startMs(row));
      findings.push({ kind: 'sequence-hole', ...at, ...where, message: `${missing} no row before ${row.media_sequence}.` });
    }
    if (step < 1)
      findings.push({ kind: 'sequence-repeat', ...at, message: `${row.media_sequence} follows ${previous.media_sequence}.` });
    if (row.discontinuity_sequence < previous.discontinuity_sequence)
      findings.push({
        kind: 'discontinuity-back',
        ...at,
        message: `The discontinuity sequence goes back from ${previous.discontinuity_sequence} to ${row.discontinuity_sequence}.`,
      });
    return findings;
  }

  private time(previous: IndexRow, row: IndexRow): Finding[] {
    const [began, ended, begins] = [startMs(previous), endMs(previous), startMs(row)];
    const at = { cameraId: this.cameraId, mediaSequence: row.media_sequence };
    if (previous.run_id !== null && previous.run_id !== row.run_id && this.known.clockSetAfter.has(previous.run_id))
      return this.uncovered(ended, begins, row);
    if (begins < began)
      return [
        {
          kind: 'time-back',
          ...at,
          ...period(begins, began),
          message: `It begins ${length(began - begins)} before the one before it.`,
        },
      ];
    if (ended - begins > TOLERANCE_MS)
      return [
        {
          kind: 'overlap',
          ...at,
          ...period(begins, ended),
          message: `It and the one before it both cover ${length(ended - begins)}.`,
        },
      ];
    return this.uncovered(ended, begins, row);
  }

  private uncovered(fromMs: number, toMs: number, at?: IndexRow): Finding[] {
    const where = { cameraId: this.cameraId, ...(at && { mediaSequence: at.media_sequence }) };
    const holes = outsideGaps({ fromMs, toMs }, this.known.gaps).filter((hole) => hole.toMs - hole.fromMs > TOLERANCE_MS);
    return holes.map((hole) => {
      const message = `${length(hole.toMs - hole.fromMs)} that neither a segment nor a gap covers.`;
      return { kind: 'hole', ...where, ...period(hole.fromMs, hole.toMs), message };
    });
  }

  /** Footage of time that is on record as a gap. */
  private inGap(row: IndexRow): Finding[] {
    if (row.kind === 'gap' || row.media_sequence > this.known.gapsUntilSequence) return [];
    const [fromMs, toMs] = [startMs(row), endMs(row)];
    return this.known.gaps.flatMap((gap) => {
      const both = { fromMs: Math.max(fromMs, gap.fromMs), toMs: Math.min(toMs, gap.toMs) };
      if (both.toMs - both.fromMs <= TOLERANCE_MS) return [];
      const message = `It and a gap on record both cover ${length(both.toMs - both.fromMs)}.`;
      const at = { cameraId: this.cameraId, mediaSequence: row.media_sequence };
      return [{ kind: 'overlap' as const, ...at, ...period(both.fromMs, both.toMs), message }];
    });
  }
}

function outsideGaps({ fromMs, toMs }: Period, gaps: readonly Period[]): Period[] {
  const parts: Period[] = [];
  let reached = fromMs;
  for (const gap of gaps) {
    if (gap.toMs <= reached || gap.fromMs >= toMs) continue;
    if (gap.fromMs > reached) parts.push({ fromMs: reached, toMs: gap.fromMs });
    reached = Math.max(reached, gap.toMs);
  }
  if (toMs > reached) parts.push({ fromMs: reached, toMs });
  return parts;
}

const length = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;
