import { nextTry } from './retry';

describe(nextTry, () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [60, 60_000],
  ])('waits after %i tries about %i ms', (attempts, wait) => {
    expect(nextTry(attempts, 5_000, 0.5)).toBe(5_000 + wait);
    expect(nextTry(attempts, 0, 0)).toBe(wait * 0.75);
    expect(nextTry(attempts, 0, 1)).toBe(wait * 1.25);
  });
});
