import * as fc from 'fast-check';
import type { GapCause } from '@app/contracts';
import { ARRIVING_MS, type LedgerFacts, nextLedger, type Progress, rebuildFrom, type RowStretch } from './ledger';
import { TOLERANCE_MS } from '../recorded-segment';
import type { GapRecord } from './uptime';

const planned = { from: 100_000, to: 1_000_000 };

/** A camera's gaps, kept as the store keeps them. */
class Kept {
  progress: Progress = { coveredUntil: planned.from, mediaSequence: -1, recordedFrom: undefined, recordedTo: undefined };
  gaps: GapRecord[] = [];
  private sequence = 0;

  tell(nowMs: number, rows: readonly Omit<RowStretch, 'lastSequence'>[], other: Partial<LedgerFacts> = {}): this {
    const numbered = rows.map((row) => ({ ...row, lastSequence: (this.sequence += 1) }));
    const facts: LedgerFacts = {
      ...{ planned, progress: this.progress, rows: numbered, off: [], endings: [], silence: 'unknown', nowMs },
      ...other,
    };
    const since = rebuildFrom(facts);
    const before = this.gaps.findLast((gap) => gap.to !== null && gap.to < since);
    const known = this.gaps.filter((gap) => gap === before || gap.to === null || gap.to >= since);
    const { from, gaps, progress } = nextLedger(facts, known);
    this.gaps = [...this.gaps.filter((gap) => gap.from < from), ...gaps];
    this.progress = progress;
    return this;
  }

  /** Time without footage, whatever the causes. */
  get missing() {
    const missing: { from: number; to: number }[] = [];
    for (const { from, to } of this.gaps) {
      const last = missing.at(-1);
      if (last && from - last.to <= TOLERANCE_MS) last.to = to ?? Infinity;
      else missing.push({ from, to: to ?? Infinity });
    }
    return missing;
  }

  get told() {
    return this.gaps.map(({ from, to, cause }) => [from / 1000, to === null ? null : to / 1000, cause]);
  }
}
/** Rows that came late leave slivers within the tolerance. */
const closeTo = (ms: number) => ({
  asymmetricMatch: (other: number) => other === ms || Math.abs(other - ms) <= TOLERANCE_MS,
});
const footage = (from: number, to: number) => ({ from: from * 1000, to: to * 1000, cause: null });
const gap = (from: number, to: number, cause: GapCause) => ({ from: from * 1000, to: to * 1000, cause });

describe(nextLedger, () => {
  it('opens a gap for a camera that never came, and closes it when it comes', () => {
    const kept = new Kept().tell(130_000, []);
    expect(kept.told).toEqual([[100, null, 'not-started']]);
    kept.tell(160_000, [footage(150, 160)]);
    expect(kept.told).toEqual([[100, 150, 'not-started']]);
  });

  it('calls nothing a gap whose rows may be on their way', () => {
    const kept = new Kept().tell(150_000, [footage(90, 140)]).tell(140_000 + ARRIVING_MS, []);
    expect(kept.told).toEqual([]);
    expect(kept.progress.coveredUntil).toBe(140_000);
  });

  it('opens a gap where the recorder was lost, goes on with it, and takes its cause from the rows that come', () => {
    const kept = new Kept().tell(150_000, [footage(90, 140)]).tell(180_000, [], { silence: 'recorder-restart' });
    expect(kept.told).toEqual([[140, null, 'recorder-restart']]);
    kept.tell(600_000, [gap(140, 595, 'takeover')]);
    expect(kept.told).toEqual([[140, null, 'takeover']]);
    kept.tell(610_000, [footage(595, 610)]);
    expect(kept.told).toEqual([[140, 595, 'takeover']]);
  });

  it('takes back a gap when its footage is told after all', () => {
    const kept = new Kept().tell(150_000, [footage(90, 140)]).tell(300_000, []);
    expect(kept.told).toEqual([[140, null, 'unknown']]);
    kept.tell(310_000, [footage(140, 250), footage(260, 305)]);
    expect(kept.told).toEqual([[250, 260, 'unknown']]);
  });

  it('remembers rows that ran ahead of the clock', () => {
    const kept = new Kept().tell(150_000, [footage(90, 150.2)]);
    expect(kept.progress.coveredUntil).toBe(150_000);
    expect(kept.tell(160_000, [footage(150.2, 160.1)]).told).toEqual([]);
    kept.tell(170_000, [footage(160.1, 165), gap(165, 170.3, 'camera-stalled')]);
    expect(kept.told).toEqual([[165, null, 'camera-stalled']]);
    expect(kept.tell(180_000, [footage(170.3, 180)]).told).toEqual([[165, 170.3, 'camera-stalled']]);
  });

  it('ends the last gap with the planned day', () => {
    const kept = new Kept().tell(1_100_000, [footage(90, 800)]);
    expect(kept.told).toEqual([[800, 1_000, 'unknown']]);
    expect(kept.tell(1_200_000, []).told).toEqual([[800, 1_000, 'unknown']]);
  });

  it('tells the same in many rounds as in one, and as often as it is asked', () => {
    const length = fc.integer({ min: 150, max: 60_000 });
    const cause = fc.constantFrom<GapCause | null>(null, null, 'camera-stalled', 'camera-unreachable');
    const row = fc.record({ pauseMs: fc.constantFrom(0, 0, 0, 60, 5_000, 90_000), length, cause });
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 25 }),
        fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 30 }),
        (rows, rounds) => {
          let reached = 80_000;
          const stretches = rows.map(({ pauseMs, length: lengthMs, cause: why }) => {
            const from = reached + pauseMs;
            reached = from + lengthMs;
            return { from, to: reached, cause: why };
          });
          const [many, once] = [new Kept(), new Kept()];
          let [told, now] = [0, 0];
          for (const count of rounds) {
            const next = stretches.slice(told, told + count);
            told += next.length;
            // A round may come long after the newest row, and rows long after their time.
            now = Math.max(now, (stretches[told - 1]?.to ?? 80_000) + count * 9_000);
            many.tell(now, next).tell(now, []);
          }
          const end = Math.max(now, reached + 50_000);
          many.tell(end, stretches.slice(told)).tell(end, []);
          once.tell(end, stretches);
          expect(many.missing).toEqual(once.missing.map(({ from, to }) => ({ from: closeTo(from), to: closeTo(to) })));
        },
      ),
      { numRuns: 300 },
    );
  });
});
