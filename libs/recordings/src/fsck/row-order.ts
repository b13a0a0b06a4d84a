import { type Finding, period } from './findings';
import { endMs, type IndexRow, startMs } from './index-row';

/** What rounding and a slewed clock may take or add between two rows. */
const TOLERANCE_MS = 100;

export interface Period {
  fromMs: number;
  toMs: number;
}

/**
 * Order of one camera's rows, and the gap invariant: segments and gaps cover the time with no hole and no overlap beyond 100 ms. Fed row by
 * row by media sequence; keeps only the newest.
 */
export class RowOrder {
  private previous: IndexRow | undefined;

  constructor(
    private readonly cameraId: string,
    /** Covered from its beginning to its end; without it from the first row to the last. */
    private readonly expected?: Period,
  ) {}

  next(row: IndexRow): Finding[] {
    const previous = this.previous;
    this.previous = row;
    if (!previous) return this.expected ? this.uncovered(this.expected.fromMs, Math.min(startMs(row), this.expected.toMs)) : [];
    return [...this.sequence(previous, row), ...this.time(previous, row)];
  }

  /** After the last row. */
  finish(): Finding[] {
    if (!this.expected) return [];
    const { fromMs, toMs } = this.expected;
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
    if (toMs - fromMs <= TOLERANCE_MS) return [];
    const message = `${length(toMs - fromMs)} that neither a segment nor a gap covers.`;
    const where = { cameraId: this.cameraId, ...(at && { mediaSequence: at.media_sequence }) };
    return [{ kind: 'hole', ...where, ...period(fromMs, toMs), message }];
  }
}

const length = (ms: number): string => `${(ms / 1000).toFixed(3)} s`;
