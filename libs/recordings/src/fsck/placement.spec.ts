import { type Place, placeOf } from './placement';

const at = (seconds: number, media_sequence: number) => ({
  media_sequence,
  starts_at: new Date(seconds * 1000),
  duration_ticks: 2 * 90_000,
});
const segments = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    range: { file: 'camera/run/0.m4s', offset: index * 10, length: 10 },
    durationTicks: 2 * 90_000,
    independent: true,
    sha256: '00'.repeat(32),
    mediaTime: index * 2 * 90_000,
    keyFrames: null,
  }));
const place = (other: Partial<Place>): Place => ({
  before: at(0, 10),
  after: undefined,
  joins: { before: true, after: false },
  owned: false,
  ...other,
});
const starts = (...args: Parameters<typeof placeOf>) => {
  const placement = placeOf(...args);
  return placement.kind === 'left' ? placement.why : placement.segments.map((each) => [each.mediaSequence, each.startsAtMs]);
};

describe(placeOf, () => {
  it('fills a hole between two rows exactly', () => {
    const both = place({ after: at(6, 13), joins: { before: true, after: true } });
    expect(starts(segments(2), both)).toEqual([
      [11, 2_000],
      [12, 4_000],
    ]);
    expect(starts(segments(1), both)).toMatch(/1 segments, and 2 media sequences are free/);
    expect(starts(segments(2), { ...both, after: at(5.8, 13) })).toMatch(/longer/);
    expect(starts(segments(2), { ...both, after: at(6.2, 13) })).toMatch(/shorter/);
  });

  it('goes on after the last row, unless somebody records', () => {
    expect(starts(segments(1), place({}))).toEqual([[11, 2_000]]);
    expect(starts(segments(1), place({ owned: true }))).toMatch(/is being recorded/);
  });

  it('comes before a row whose chunk follows', () => {
    const chunkBefore = place({ after: at(30, 12), joins: { before: false, after: true } });
    expect(starts(segments(1), chunkBefore)).toEqual([[11, 28_000]]);
    expect(starts(segments(1), { ...chunkBefore, after: at(3, 12) })).toMatch(/longer/);
  });

  it('leaves what has no place of its own', () => {
    expect(starts([], place({}))).toMatch(/no whole segment/);
    expect(starts(segments(1), place({ before: undefined }))).toMatch(/no row comes before/);
    expect(starts(segments(1), place({ after: at(2, 11) }))).toMatch(/0 media sequences are free/);
    expect(starts(segments(1), place({ joins: { before: false, after: false } }))).toMatch(/time is not known/);
  });
});
