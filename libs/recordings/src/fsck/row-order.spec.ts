import type { IndexRow } from './index-row';
import { type KnownTime, type Period, RowOrder } from './row-order';

const ZERO = Date.UTC(2026, 9, 25, 6);

/** @param seconds when it begins */
const row = (media_sequence: number, seconds: number, other: Partial<IndexRow> = {}): IndexRow => ({
  camera_id: 'camera',
  media_sequence,
  kind: 'media',
  run_id: 'run',
  discontinuity_sequence: 0,
  starts_at: new Date(ZERO + seconds * 1000),
  duration_ticks: 2 * 90_000,
  chunk: 0,
  byte_offset: 0,
  byte_length: 10,
  sha256: null,
  deleted_at: null,
  ...other,
});

function findingsOf(rows: IndexRow[], expected?: [number, number], known: Partial<KnownTime> = {}) {
  const period: Period | undefined = expected && { fromMs: ZERO + expected[0] * 1000, toMs: ZERO + expected[1] * 1000 };
  const order = new RowOrder('camera', {
    gaps: [],
    gapsUntilSequence: 100,
    clockSetAfter: new Set(),
    expected: period,
    ...known,
  });
  return [...rows.flatMap((each) => order.next(each)), ...order.finish()];
}
const iso = (seconds: number): string => new Date(ZERO + seconds * 1000).toISOString();

describe(RowOrder, () => {
  it('finds nothing in segments and gaps that follow each other', () => {
    const gap = { kind: 'gap', chunk: null, duration_ticks: 10 * 90_000 } as const;
    expect(findingsOf([row(7, 0), row(8, 2), row(9, 4, gap), row(10, 14, { discontinuity_sequence: 1 })])).toEqual([]);
  });

  it('allows 100 ms for rounding and a slewed clock, and no more', () => {
    expect(findingsOf([row(1, 0), row(2, 2.1), row(3, 4)])).toEqual([]);
    expect(findingsOf([row(1, 0), row(2, 2.101)]).map(({ kind }) => kind)).toEqual(['hole']);
    expect(findingsOf([row(1, 0), row(2, 1.899)]).map(({ kind }) => kind)).toEqual(['overlap']);
  });

  it('says from when to when time is not covered', () => {
    expect(findingsOf([row(1, 0), row(2, 5.5)])).toEqual([
      {
        kind: 'hole',
        cameraId: 'camera',
        mediaSequence: 2,
        from: iso(2),
        to: iso(5.5),
        message: '3.500 s that neither a segment nor a gap covers.',
      },
    ]);
  });

  it('takes a gap on record for what no row covers, and no footage inside it', () => {
    const gaps = [{ fromMs: ZERO + 2_000, toMs: ZERO + 5_000 }];
    expect(findingsOf([row(1, 0), row(2, 5)], undefined, { gaps })).toEqual([]);
    expect(findingsOf([row(1, 0), row(2, 6)], undefined, { gaps })).toMatchObject([{ kind: 'hole', from: iso(5), to: iso(6) }]);
    expect(findingsOf([row(1, 0), row(2, 4)], undefined, { gaps })).toMatchObject([
      { kind: 'overlap', mediaSequence: 2, from: iso(4), to: iso(5) },
    ]);
    expect(findingsOf([row(1, 0), row(2, 4)], undefined, { gaps, gapsUntilSequence: 1 })).toEqual([]);
  });

  it('covers what was expected of a camera that was never there with a gap', () => {
    const gaps = [{ fromMs: ZERO, toMs: ZERO + 60_000 }];
    expect(findingsOf([], [0, 60], { gaps })).toEqual([]);
    expect(findingsOf([], [0, 70], { gaps })).toMatchObject([{ kind: 'hole', from: iso(60), to: iso(70) }]);
  });

  it('lets time go back where the clock was set', () => {
    const rows = [row(1, 100), row(2, 40, { run_id: 'next' }), row(3, 42, { run_id: 'next' })];
    expect(findingsOf(rows, undefined, { clockSetAfter: new Set(['run']) })).toEqual([]);
  });

  it('says from when to when time is covered twice', () => {
    const [overlap] = findingsOf([row(1, 0), row(2, 1)]);
    expect(overlap).toMatchObject({ kind: 'overlap', mediaSequence: 2, from: iso(1), to: iso(2) });
  });

  it('finds media sequences that are missing', () => {
    const [one] = findingsOf([row(1, 0), row(3, 2)]);
    expect(one).toMatchObject({ kind: 'sequence-hole', mediaSequence: 3, message: 'Media sequence 2 has no row before 3.' });
    const [more] = findingsOf([row(1, 0), row(4, 2)]);
    expect(more).toMatchObject({ kind: 'sequence-hole', message: '2 media sequences have no row before 4.' });
  });

  it('finds a media sequence that comes twice', () => {
    expect(findingsOf([row(1, 0), row(1, 2)])).toMatchObject([{ kind: 'sequence-repeat', mediaSequence: 1 }]);
  });

  it('finds a discontinuity sequence that goes back', () => {
    expect(findingsOf([row(1, 0, { discontinuity_sequence: 3 }), row(2, 2, { discontinuity_sequence: 2 })])).toMatchObject([
      { kind: 'discontinuity-back', mediaSequence: 2 },
    ]);
  });

  it('finds time that goes back, once', () => {
    expect(findingsOf([row(1, 100), row(2, 40), row(3, 42)])).toMatchObject([
      { kind: 'time-back', mediaSequence: 2, from: iso(40), to: iso(100) },
    ]);
  });

  it('asks for the whole of an expected period', () => {
    expect(findingsOf([row(1, 0), row(2, 2)], [0, 4])).toEqual([]);
    expect(findingsOf([row(1, -1), row(2, 1), row(3, 3)], [0, 4])).toEqual([]);
    expect(findingsOf([row(1, 1), row(2, 3)], [0, 10])).toMatchObject([
      { kind: 'hole', from: iso(0), to: iso(1) },
      { kind: 'hole', from: iso(5), to: iso(10) },
    ]);
    expect(findingsOf([], [0, 10])).toMatchObject([{ kind: 'hole', from: iso(0), to: iso(10) }]);
    expect(findingsOf([])).toEqual([]);
  });
});
