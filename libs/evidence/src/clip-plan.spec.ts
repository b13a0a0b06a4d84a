import { type IndexedSegment, missingMs, segmentAt, stretchesOf, withFormatAt } from './clip-plan';

/** Segments of 2 s, from second `start`, one a letter: K starts at a key frame, n does not, `-` is not recorded. */
function recorded(runId: string, start: number, letters: string): IndexedSegment[] {
  return [...letters].flatMap((letter, index) => {
    if (letter === '-') return [];
    const mediaSequence = start / 2 + index;
    const startsAt = (start + index * 2) * 1000;
    const place = { file: `${runId}/0.m4s`, byteOffset: index * 100, byteLength: 100 };
    return [{ cameraId: 'c', runId, mediaSequence, startsAt, durationMs: 2000, independent: letter === 'K', ...place }];
  });
}

const seconds = (from: number, to: number) => ({ from: from * 1000, to: to * 1000 });
const shown = (segments: readonly IndexedSegment[], range: { from: number; to: number }) =>
  stretchesOf(segments, range).map(({ runId, segments: [first, ...rest] }) => {
    const last = rest.at(-1) ?? first;
    return `${runId} ${first!.startsAt / 1000}-${(last!.startsAt + last!.durationMs) / 1000}`;
  });

describe('the footage of a range', () => {
  it('is the whole segments that the range touches', () => {
    expect(shown(recorded('a', 0, 'KKKKKK'), seconds(3, 7))).toEqual(['a 2-8']);
  });

  it('does not take the segment that begins where the range ends, nor the one that ends where it begins', () => {
    expect(shown(recorded('a', 0, 'KKKKKK'), seconds(4, 8))).toEqual(['a 4-8']);
  });

  it('begins at the key frame before, where the segment of the start has none', () => {
    expect(shown(recorded('a', 0, 'KnnKn'), seconds(5, 9))).toEqual(['a 0-10']);
  });

  it('begins at the key frame after, where the one before is gone', () => {
    expect(shown(recorded('a', 2, 'nnKn'), seconds(3, 9))).toEqual(['a 6-10']);
  });

  it('breaks at what was not recorded and begins again at a key frame', () => {
    expect(shown(recorded('a', 0, 'KK--nKK'), seconds(0, 14))).toEqual(['a 0-4', 'a 10-14']);
  });

  it('does not reach over a hole for a key frame', () => {
    expect(shown(recorded('a', 0, 'KK-nn'), seconds(6, 10))).toEqual([]);
  });

  it('breaks between runs', () => {
    const segments = [...recorded('a', 0, 'KK'), ...recorded('b', 4, 'KK')];
    expect(shown(segments, seconds(0, 8))).toEqual(['a 0-4', 'b 4-8']);
  });

  it('is nothing where nothing is recorded', () => {
    expect(shown(recorded('a', 0, 'KK'), seconds(10, 20))).toEqual([]);
  });
});

describe('what is missing of a range', () => {
  const missing = (segments: readonly IndexedSegment[], range: { from: number; to: number }): number =>
    missingMs(stretchesOf(segments, range), range);

  it.each([
    ['nothing when all is there', recorded('a', 0, 'KKKK'), seconds(1, 7), 0],
    ['the hole in the middle', recorded('a', 0, 'KK--KK'), seconds(0, 12), 4000],
    ['the start that is gone', recorded('a', 4, 'KK'), seconds(0, 8), 4000],
    ['the end that did not come', recorded('a', 0, 'KK'), seconds(0, 10), 6000],
    ['only what lies in the range', recorded('a', 0, 'K-K'), seconds(1, 3), 1000],
    ['all of it', [], seconds(0, 30), 30_000],
    [
      'nothing twice, where two runs overlap by their clocks',
      [...recorded('a', 0, 'KK'), ...recorded('b', 2, '-KK')],
      seconds(0, 8),
      0,
    ],
  ])('is %s', (_name, segments, range, expected) => {
    expect(missing(segments, range)).toBe(expected);
  });
});

describe('footage of different formats', () => {
  const [one, other] = [Buffer.from('one'), Buffer.from('other')];
  const stretches = stretchesOf(
    [...recorded('a', 0, 'KK'), ...recorded('b', 4, 'KK'), ...recorded('c', 8, 'KK')],
    seconds(0, 12),
  );
  const kept = (formats: [string, Buffer][], at: number) =>
    withFormatAt(stretches, new Map(formats), at).kept.map((stretch) => stretch.runId);

  it('is all kept where it is the same', () => {
    expect(
      kept(
        [
          ['a', one],
          ['b', one],
          ['c', one],
        ],
        5000,
      ),
    ).toEqual(['a', 'b', 'c']);
  });

  it('keeps what has the format of the flagged frame', () => {
    const formats: [string, Buffer][] = [
      ['a', one],
      ['b', other],
      ['c', one],
    ];
    expect(kept(formats, 5000)).toEqual(['b']);
    expect(kept(formats, 1000)).toEqual(['a', 'c']);
  });

  it('goes by the footage nearest to a flagged frame that was not recorded', () => {
    expect(
      kept(
        [
          ['a', one],
          ['b', other],
          ['c', other],
        ],
        60_000,
      ),
    ).toEqual(['b', 'c']);
  });
});

describe('the segment of the flagged frame', () => {
  const stretches = stretchesOf([...recorded('a', 0, 'KK'), ...recorded('b', 8, 'KK')], seconds(0, 12));

  it.each([
    [3000, 'a', 1, 0],
    [2000, 'a', 1, 0],
    [8000, 'b', 0, 0],
    [4500, 'a', 1, 500],
    [7600, 'b', 0, 400],
  ])('at %d ms is in run %s, number %d, %d ms away', (at, runId, index, distanceMs) => {
    const found = segmentAt(stretches, at);
    expect([found?.stretch.runId, found?.index, found?.distanceMs]).toEqual([runId, index, distanceMs]);
  });
});
