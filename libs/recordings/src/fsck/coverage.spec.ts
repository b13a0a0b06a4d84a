import { Coverage } from './coverage';

const covered = (...rows: [start: number, length: number, sequence: number][]): Coverage => {
  const coverage = new Coverage();
  for (const row of rows) expect(coverage.add(...row)).toBe(true);
  return coverage;
};

describe(Coverage, () => {
  it('has nothing left in a file whose rows follow each other, in whatever order they come', () => {
    expect(covered([0, 10, 1], [10, 5, 2], [15, 5, 3]).uncovered(20)).toEqual([]);
    expect(covered([15, 5, 3], [0, 10, 1], [10, 5, 2]).uncovered(20)).toEqual([]);
  });

  it('refuses bytes that another row has', () => {
    for (const [start, length] of [
      [0, 10],
      [9, 2],
      [3, 4],
      [19, 2],
      [5, 30],
    ] as const)
      expect(covered([0, 10, 1], [20, 10, 2]).add(start, length, 9)).toBe(false);
    expect(covered([0, 10, 1], [20, 10, 2]).add(10, 10, 9)).toBe(true);
  });

  it('tells what is left, and the rows around it', () => {
    expect(covered([10, 10, 5], [30, 10, 8]).uncovered(50)).toEqual([
      { start: 0, end: 10, beforeSequence: 5 },
      { start: 20, end: 30, afterSequence: 5, beforeSequence: 8 },
      { start: 40, end: 50, afterSequence: 8 },
    ]);
    expect(new Coverage().uncovered(7)).toEqual([{ start: 0, end: 7 }]);
    expect(new Coverage().uncovered(0)).toEqual([]);
  });

  it('has no bytes left in a file that is shorter than its rows say', () => {
    expect(covered([0, 10, 1], [10, 10, 2]).uncovered(15)).toEqual([]);
  });

  it('keeps the sequences at both ends', () => {
    const coverage = covered([0, 10, 4], [10, 10, 5]);
    expect([coverage.first?.firstSequence, coverage.last?.lastSequence]).toEqual([4, 5]);
  });
});
