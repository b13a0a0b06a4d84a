import { ARCHIVE_MAX_HOURS } from '@app/contracts';
import { archiveUrl, beyondCut, isGrowing, mediaTimeOf, reaches, windowAround } from './list-window';

const T = Date.UTC(2026, 10, 22, 10, 41, 7);

describe('the range of a list', () => {
  it('holds the moment and some time before it, and is within what the server allows', () => {
    const window = windowAround(T);
    expect(reaches(window, T)).toBe(true);
    expect(reaches(window, T - 60_000)).toBe(true);
    expect(window.to - window.from).toBeLessThanOrEqual(ARCHIVE_MAX_HOURS * 3_600_000);
  });

  it('is followed by one that holds the moment at its end', () => {
    const first = windowAround(T);
    expect(reaches(first, first.to - 900)).toBe(false);
    expect(reaches(windowAround(first.to - 900), first.to)).toBe(true);
  });

  it('is the same for viewers of the same minute', () => expect(windowAround(T + 40_000)).toEqual(windowAround(T)));

  it('grows until its end has been for a minute', () => {
    const window = windowAround(T);
    expect(isGrowing(window, window.to + 59_000)).toBe(true);
    expect(isGrowing(window, window.to + 61_000)).toBe(false);
  });

  it('reaches across no cut, and goes on behind it without the last frames before it', () => {
    const cuts = [T - 20_000, T + 40_000];
    const window = windowAround(T, cuts);
    expect([window.from > T - 20_000, window.to < T + 40_000, window.isCut]).toEqual([true, true, true]);
    expect([reaches(window, T + 39_000), reaches(window, T + 39_800)]).toEqual([true, false]);
    const next = beyondCut(window, T + 39_800);
    expect(next).toBeGreaterThan(T + 40_000);
    expect(beyondCut(window, T + 50_000)).toBe(T + 50_000);
    expect(beyondCut(window, T + 39_000)).toBe(T + 39_000);
    expect(reaches(windowAround(next, cuts), next)).toBe(true);
    expect(windowAround(next, cuts).isCut).toBe(false);
  });

  it('is asked for by its instants', () => {
    const from = Date.UTC(2026, 10, 22, 10);
    expect(archiveUrl('a/b', { from, to: from + 1000 })).toBe(
      '/hls/a%2Fb/archive.m3u8?from=2026-11-22T10%3A00%3A00.000Z&to=2026-11-22T10%3A00%3A01.000Z',
    );
  });
});

describe('the place of a moment in a list', () => {
  const entries = [
    { programDateTime: T, start: 0, duration: 2 },
    { programDateTime: T + 2000, start: 2, duration: 6, gap: true },
    { programDateTime: T + 8000, start: 8, duration: 2 },
  ];
  it('is within its segment', () => expect(mediaTimeOf(entries, T + 1500)).toBe(1.5));
  it('in a gap is the beginning of what comes next', () => expect(mediaTimeOf(entries, T + 4000)).toBe(8));
  it('before the first is its beginning', () => expect(mediaTimeOf(entries, T - 500)).toBe(0));
  it('after the last is nowhere', () => expect(mediaTimeOf(entries, T + 10_000)).toBeNull());
});
