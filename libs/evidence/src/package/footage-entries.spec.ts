import { type FootageRow, footageOf, gapsOf, uncovered } from './footage-entries';

const row = (mediaSequence: number, fromSeconds: number, other: Partial<FootageRow> = {}): FootageRow => ({
  mediaSequence,
  kind: 'media',
  runId: 'run',
  startsAt: fromSeconds * 1000,
  durationMs: 2_000,
  independent: true,
  file: 'f',
  offset: 0,
  length: 1,
  sha256: null,
  deletedAt: null,
  ...other,
});
const numbers = (rows: readonly FootageRow[]): number[] => rows.map(({ mediaSequence }) => mediaSequence);
const seconds = (from: number, to: number) => ({ from: from * 1000, to: to * 1000 });

describe(footageOf, () => {
  const rows = [0, 1, 2, 3, 4, 5].map((index) => row(index, index * 2));

  it('takes the segments that touch the range, whole', () => {
    expect(numbers(footageOf(rows, seconds(3, 7)))).toEqual([1, 2, 3]);
    expect(numbers(footageOf(rows, seconds(4, 6)))).toEqual([2]);
  });

  it('takes what a decoder needs before the first, but not over a hole or another run', () => {
    const dependent = rows.map((each, index) => ({ ...each, independent: index === 1 || index === 5 }));
    expect(numbers(footageOf(dependent, seconds(6.5, 7)))).toEqual([1, 2, 3]);
    const holed = dependent.filter(({ mediaSequence }) => mediaSequence !== 2);
    expect(numbers(footageOf(holed, seconds(6.5, 7)))).toEqual([3]);
    const restarted = dependent.map((each, index) => (index < 3 ? { ...each, runId: 'before' } : each));
    expect(numbers(footageOf(restarted, seconds(6.5, 7)))).toEqual([3]);
  });

  it('keeps deleted segments, and leaves gaps out', () => {
    const some = [row(0, 0), row(1, 2, { file: null, offset: null, length: null }), row(2, 4, { kind: 'gap', runId: null })];
    expect(numbers(footageOf(some, seconds(0, 10)))).toEqual([0, 1]);
  });

  it('is empty where nothing was recorded', () => {
    expect(footageOf(rows, seconds(20, 30))).toEqual([]);
    expect(footageOf([], seconds(0, 1))).toEqual([]);
  });
});

describe(uncovered, () => {
  it.each([
    ['nothing told', [], [seconds(0, 10)]],
    ['all told', [seconds(0, 10)], []],
    ['a hole in the middle, told out of order', [seconds(6, 10), seconds(0, 4)], [seconds(4, 6)]],
    ['both ends', [seconds(2, 8)], [seconds(0, 2), seconds(8, 10)]],
    ['overlaps', [seconds(0, 6), seconds(1, 3), seconds(5, 10)], []],
    ['holes no clock can tell', [seconds(0, 4.95), seconds(5, 9.95)], []],
  ])('finds what is left: %s', (_, told, holes) => {
    expect(uncovered(told, seconds(0, 10), 100)).toEqual(holes);
  });
});

describe(gapsOf, () => {
  const footage = [row(0, 0), row(1, 2), row(5, 8)];

  it('gives each hole the cause on record, cut to the hole', () => {
    const told = [{ ...seconds(3, 20), cause: 'disk-full' }];
    expect(gapsOf(footage, told, seconds(0, 10), 100)).toEqual([{ ...seconds(4, 8), cause: 'disk-full' }]);
  });

  it('leaves no part of a hole without a cause', () => {
    const told = [{ ...seconds(5, 6), cause: 'takeover' }];
    expect(gapsOf(footage, told, seconds(0, 12), 100)).toEqual([
      { ...seconds(4, 5), cause: 'unknown' },
      { ...seconds(5, 6), cause: 'takeover' },
      { ...seconds(6, 8), cause: 'unknown' },
      { ...seconds(10, 12), cause: 'unknown' },
    ]);
  });
});
