import { type ClipSegment, missingMs, piecesOf, rangeOf, rangesOfOneFormat } from './clip-plan';

/** Two seconds each, from second `at` on. */
const segment = (mediaSequence: number, at: number, other: Partial<ClipSegment> = {}): ClipSegment => ({
  stored: { cameraId: 'c', mediaSequence, file: 'c/r/0.m4s', offset: 0, length: 1 },
  runId: 'r',
  startsAt: at * 1000,
  durationMs: 2000,
  independent: true,
  ...other,
});
const seconds = (from: number, to: number) => ({ from: from * 1000, to: to * 1000 });
const shown = (segments: ClipSegment[], from: number, to: number) => piecesOf(segments, seconds(from, to)).map(rangeOf);

describe('what goes into a clip', () => {
  const run = [0, 2, 4, 6, 8].map((at, index) => segment(index, at));

  it('is whole segments that touch the range', () => {
    expect(shown(run, 3, 5)).toEqual([seconds(2, 6)]);
    expect(shown(run, 2, 4)).toEqual([seconds(2, 4)]);
    expect(shown(run, 10, 20)).toEqual([]);
  });

  it('begins where a decoder may start', () => {
    const long = run.map((each, index) => ({ ...each, independent: index === 1 }));
    expect(shown(long, 7, 8)).toEqual([seconds(2, 8)]);
    expect(shown(long, 0, 4)).toEqual([seconds(2, 4)]);
    expect(shown(long.slice(2), 4, 8)).toEqual([]);
  });

  it('is a piece for each run, and for what comes after a missing segment', () => {
    const broken = [run[0]!, run[2]!, segment(3, 20, { runId: 's' })];
    expect(shown(broken, 0, 30)).toEqual([seconds(0, 2), seconds(4, 6), seconds(20, 22)]);
    expect(missingMs(piecesOf(broken, seconds(0, 30)), seconds(0, 30))).toBe(24_000);
  });

  it('has one format: where that changes it can be had in parts', () => {
    const pieces = piecesOf([segment(0, 0), segment(1, 2, { runId: 's' }), segment(2, 4, { runId: 't' })], seconds(0, 6));
    const inits = new Map([
      ['r', Buffer.from('small')],
      ['s', Buffer.from('small')],
      ['t', Buffer.from('large')],
    ]);
    expect(rangesOfOneFormat(pieces, inits)).toEqual([seconds(0, 4), seconds(4, 6)]);
  });
});
