import * as HLS from 'hls-parser';
import { entriesOf } from './range-entries';
import { writeRangePlaylist } from './range-playlist';
import type { RecordedSegment, TimeRange } from './recorded-segment';

const NINE = Date.parse('2026-11-22T09:00:00.000Z');
const TARGET = 4;

/** Footage of a run (null: none), segments of two seconds each from second `at`. */
const footage = (runId: string | null, firstSequence: number, at: number, count: number): RecordedSegment[] =>
  Array.from({ length: count }, (_, index) => ({
    mediaSequence: firstSequence + index,
    discontinuitySequence: runId === 'b' ? 8 : 7,
    runId,
    startsAt: NINE + (at + 2 * index) * 1000,
    durationMs: 2_000,
    independent: true,
  }));

const range = (from: number, to: number): TimeRange => ({ from: NINE + from * 1000, to: NINE + to * 1000 });
const write = (segments: RecordedSegment[], asked: TimeRange, knownUntil = asked.to): string =>
  writeRangePlaylist(entriesOf(segments, asked, knownUntil), TARGET) ?? '';

/** As a strict player reads it: its segments, of absent media the seconds from NINE instead of the URI. */
function read(text: string) {
  HLS.setOptions({ strictMode: true });
  const list = HLS.parse(text);
  if (list.isMasterPlaylist) throw new Error('a master playlist');
  const segments = list.segments.map((segment) => ({
    at: ((segment.programDateTime?.getTime() ?? NaN) - NINE) / 1000,
    what: segment.gap ? 'gap' : segment.uri,
    duration: segment.duration,
    map: segment.map?.uri,
    discontinuity: segment.discontinuity ?? false,
  }));
  return { list, segments };
}
const outline = (text: string): string[] =>
  read(text).segments.map(({ at, what, discontinuity }) => `${discontinuity ? '/ ' : ''}${at} ${what}`);

describe(writeRangePlaylist, () => {
  it('writes a closed list of one run, to the letter', () => {
    expect(write(footage('a', 100, 0, 2), range(0, 4))).toBe(
      [
        '#EXTM3U',
        '#EXT-X-VERSION:8',
        '#EXT-X-PLAYLIST-TYPE:VOD',
        '#EXT-X-TARGETDURATION:4',
        '#EXT-X-MEDIA-SEQUENCE:100',
        '#EXT-X-DISCONTINUITY-SEQUENCE:7',
        '#EXT-X-INDEPENDENT-SEGMENTS',
        '#EXT-X-MAP:URI="rec/a/init.mp4"',
        '#EXT-X-PROGRAM-DATE-TIME:2026-11-22T09:00:00.000Z',
        '#EXTINF:2.00000,',
        'rec/100.m4s',
        '#EXT-X-PROGRAM-DATE-TIME:2026-11-22T09:00:02.000Z',
        '#EXTINF:2.00000,',
        'rec/101.m4s',
        '#EXT-X-ENDLIST',
        '',
      ].join('\n'),
    );
  });

  it('gives each run its MAP behind a DISCONTINUITY', () => {
    const text = write([...footage('a', 100, 0, 2), ...footage('b', 102, 4, 2)], range(0, 8));
    expect(outline(text)).toEqual(['0 rec/100.m4s', '2 rec/101.m4s', '/ 4 rec/102.m4s', '6 rec/103.m4s']);
    expect(read(text).segments.map(({ map }) => map)).toEqual([
      'rec/a/init.mp4',
      'rec/a/init.mp4',
      'rec/b/init.mp4',
      'rec/b/init.mp4',
    ]);
  });

  it('lists the time of a gap between two runs in pieces of at most the target duration', () => {
    const gap = { ...footage(null, 101, 2, 1)[0]!, durationMs: 12_000 };
    const text = write([...footage('a', 100, 0, 1), gap, ...footage('b', 102, 14, 1)], range(0, 16));
    expect(outline(text)).toEqual(['0 rec/100.m4s', '2 gap', '6 gap', '10 gap', '/ 14 rec/102.m4s']);
    expect(read(text).segments.every(({ duration }) => duration <= TARGET)).toBe(true);
  });

  it('goes on without a DISCONTINUITY after deleted footage in the middle of a run', () => {
    const text = write([...footage('a', 100, 0, 1), ...footage(null, 101, 2, 2), ...footage('a', 103, 6, 1)], range(0, 8));
    expect(outline(text)).toEqual(['0 rec/100.m4s', '2 gap', '6 rec/103.m4s']);
  });

  it('lists time that no row speaks of as absent', () => {
    const text = write([...footage('a', 100, 0, 1), ...footage('a', 101, 5, 1)], range(0, 7));
    expect(outline(text)).toEqual(['0 rec/100.m4s', '2 gap', '5 rec/101.m4s']);
    expect(read(text).segments[1]?.duration).toBe(3);
  });

  it('does not take the inaccuracy of a clock for a hole', () => {
    const late = { ...footage('a', 101, 2, 1)[0]!, startsAt: NINE + 2_100 };
    expect(outline(write([...footage('a', 100, 0, 1), late], range(0, 4.1)))).toEqual(['0 rec/100.m4s', '2.1 rec/101.m4s']);
    const later = { ...late, startsAt: NINE + 2_101 };
    expect(outline(write([...footage('a', 100, 0, 1), later], range(0, 4.1)))[1]).toBe('2 gap');
  });

  it('keeps the order of a recording whose clock was set back', () => {
    const text = write([...footage('a', 100, 10, 2), ...footage('b', 102, 9, 2)], range(10, 14));
    expect(outline(text)).toEqual(['10 rec/100.m4s', '12 rec/101.m4s', '/ 9 rec/102.m4s', '11 rec/103.m4s']);
  });

  it('begins and ends with absent time where the range is larger than the footage', () => {
    const text = write(footage('b', 100, 4, 1), range(0, 10));
    expect(outline(text)).toEqual(['0 gap', '4 rec/100.m4s', '6 gap']);
    // A MAP for all of it, and no DISCONTINUITY where nothing was before.
    expect(read(text).segments.map(({ map }) => map)).toEqual(Array(3).fill('rec/b/init.mp4'));
    expect(read(text).list).toMatchObject({ mediaSequenceBase: 100, discontinuitySequenceBase: 8, endlist: true });
    // Players begin where there is something to play.
    expect(read(text).list.start).toMatchObject({ offset: 4.05 });
    expect(write(footage('b', 100, 0, 1), range(0, 2))).not.toContain('EXT-X-START');
  });

  it('says nothing of time that the index cannot know of yet', () => {
    expect(outline(write(footage('a', 100, 0, 1), range(0, 60), NINE + 2_050))).toEqual(['0 rec/100.m4s']);
    expect(outline(write(footage('a', 100, 0, 1), range(0, 60), NINE + 5_000))).toEqual(['0 rec/100.m4s', '2 gap']);
  });

  it('lists the segment that the range begins or ends in as a whole', () => {
    expect(outline(write(footage('a', 100, 0, 3), range(1, 5)))).toEqual(['0 rec/100.m4s', '2 rec/101.m4s', '4 rec/102.m4s']);
  });

  it('has a target duration that no segment is longer than', () => {
    const long = { ...footage('a', 100, 0, 1)[0]!, durationMs: 6_400 };
    expect(read(write([long], range(0, 6.4))).list).toMatchObject({ targetDuration: 6 });
  });

  it('does not promise independent segments when one is not', () => {
    const [first, second] = footage('a', 100, 0, 2);
    expect(write([first!, { ...second!, independent: false }], range(0, 4))).not.toContain('INDEPENDENT');
  });

  it('is nothing where there is nothing to play', () => {
    const entries = entriesOf(footage(null, 100, 0, 3), range(0, 6), range(0, 6).to);
    expect(writeRangePlaylist(entries, TARGET)).toBeUndefined();
    expect(writeRangePlaylist([], TARGET)).toBeUndefined();
  });
});
