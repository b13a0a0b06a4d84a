import type { CameraRecord } from './day-record';
import { advance, isGathered, leaderOf, presenceOf, ranDry, steer, type TileLook } from './sync';

const T = Date.UTC(2026, 10, 22, 10, 41, 0);
const gap = { from: T + 6000, to: T + 12_000, cause: 'camera-unreachable' };
const record: CameraRecord = {
  recorded: [
    { from: T, to: T + 6000 },
    { from: T + 12_000, to: T + 60_000 },
  ],
  gaps: [gap],
};
const later = T + 3_600_000;
const look = (shownAt: number | null, more: Partial<TileLook> = {}): TileLook => ({
  presence: { kind: 'footage', next: null },
  shownAt,
  isSeeking: false,
  ...more,
});
const covered: Partial<TileLook> = { presence: { kind: 'gap', gap } };

describe('what a camera has at a moment', () => {
  it('is a gap from just before its first moment, where the last picture stands, to its end', () => {
    expect(presenceOf(record, T + 3000, later)).toEqual({ kind: 'footage', next: null });
    expect(presenceOf(record, T + 5800, later)).toEqual({ kind: 'gap', gap });
    expect(presenceOf(record, T + 11_999, later)).toEqual({ kind: 'gap', gap });
    expect(presenceOf(record, T + 12_000, later)).toEqual({ kind: 'footage', next: null });
  });

  it('is footage that is about to end shortly before a gap', () =>
    expect(presenceOf(record, T + 4000, later)).toEqual({ kind: 'footage', next: gap }));

  it('is footage where the gap is too short to be read', () => {
    const blink = { recorded: [{ from: T, to: T + 1000 }], gaps: [{ from: T + 1000, to: T + 1300, cause: 'takeover' }] };
    expect(presenceOf(blink, T + 900, later).kind).toBe('footage');
    expect(presenceOf(blink, T + 1100, later).kind).toBe('footage');
  });

  it('may be footage that is not known yet, but only for the newest time', () => {
    expect(presenceOf(record, T + 61_000, T + 62_000).kind).toBe('arriving');
    expect(presenceOf(record, T + 59_990, T + 62_000).kind).toBe('footage');
    expect(presenceOf(record, T + 61_000, later).kind).toBe('nothing');
  });
});

describe('footage whose pictures end before it does', () => {
  const ending: Partial<TileLook> = { presence: { kind: 'footage', next: gap } };
  it('is the gap already when its picture stands or has jumped over it', () => {
    expect(ranDry(look(T + 5400, ending), 400)).toBe(gap);
    expect(ranDry(look(T + 12_100, ending), 0)).toBe(gap);
  });
  it('is footage while it plays, and where no gap is near', () => {
    expect(ranDry(look(T + 5400, ending), 100)).toBeNull();
    expect(ranDry(look(T + 3000), 4000)).toBeNull();
    expect(ranDry(look(null, ending), 4000)).toBeNull();
  });
});

describe('the clock', () => {
  it('is that of the picture that is furthest behind', () =>
    expect(advance(T, [look(T + 300), look(T + 100)], 100)).toBe(T + 100));
  it('is that of the other where the first has a gap', () =>
    expect(advance(T, [look(null, covered), look(T + 90)], 100)).toBe(T + 90));
  it('goes on by itself where all have a gap', () => expect(advance(T, [look(T, covered)], 100)).toBe(T + 100));
  it('stands while the picture loads or is far off', () => {
    expect(advance(T, [look(null)], 100)).toBe(T);
    expect(advance(T, [look(T + 100, { isSeeking: true })], 100)).toBe(T);
    expect(advance(T, [look(T + 6000)], 100)).toBe(T);
  });
  it('never goes back', () => expect(advance(T, [look(T - 200)], 100)).toBe(T));
  it('follows another picture while one comes back from a gap', () => {
    expect(leaderOf(T, [look(T - 6000), look(T)])).toEqual(look(T));
    expect(advance(T, [look(T, { isSeeking: true }), look(T + 80)], 100)).toBe(T + 80);
  });
});

describe('cameras after a jump', () => {
  it('start when all that have footage show the moment', () => {
    expect(isGathered(T, [look(T - 60), look(T, { isSeeking: true })])).toBe(false);
    expect(isGathered(T, [look(T - 60), look(null)])).toBe(false);
    expect(isGathered(T, [look(T - 60), look(T + 60)])).toBe(true);
    expect(isGathered(T, [look(T - 60), look(null, covered)])).toBe(true);
  });
});

describe('a tile', () => {
  it('is covered in a gap, whatever its player does', () => expect(steer(T, true, look(T, covered))).toEqual({ kind: 'cover' }));
  it('is left alone while it loads or seeks', () => {
    expect(steer(T, true, look(null)).kind).toBe('wait');
    expect(steer(T, true, look(T + 9000, { isSeeking: true })).kind).toBe('wait');
  });
  it.each([
    [30, 1],
    [-30, 1],
    [150, 0.95],
    [-200, 1.05],
    [-900, 1.05],
  ])('%i ms off plays at %f', (off, rate) => expect(steer(T, true, look(T + off))).toEqual({ kind: 'play', rate }));
  it('further ahead waits for the others', () => expect(steer(T, true, look(T + 400)).kind).toBe('pause'));
  it('more than a second off seeks', () => {
    expect(steer(T, true, look(T + 1100)).kind).toBe('seek');
    expect(steer(T, true, look(T - 1100)).kind).toBe('seek');
  });
  it('that is paused seeks to the frame', () => {
    expect(steer(T, false, look(T + 100)).kind).toBe('pause');
    expect(steer(T, false, look(T + 400)).kind).toBe('seek');
  });
});
