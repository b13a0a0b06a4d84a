import { stillOf } from './scrub-sheet';

describe('the still of a moment', () => {
  it.each([
    [1_800_000_000, 1_800_000_000, 0, 0],
    [1_800_000_009, 1_800_000_000, 0, 0],
    [1_800_000_010, 1_800_000_000, 160, 0],
    [1_800_000_100, 1_800_000_000, 0, 90],
    [1_800_000_599, 1_800_000_000, 1440, 450],
    [1_800_000_600, 1_800_000_600, 0, 0],
  ])('of second %i is on sheet %i at %i, %i', (second, sheet, x, y) => {
    expect(stillOf('c', second * 1000 + 500)).toEqual({ url: `/hls/c/scrub/${sheet}.jpg`, x, y });
  });
});
