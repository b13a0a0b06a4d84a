import { keepMs } from './media-answer';

describe(keepMs, () => {
  it.each([
    ['public, max-age=1', 150],
    ['public, max-age=2', 2_000],
    ['public, max-age=31536000, immutable', 10_000],
    ['max-age=0', 0],
    ['no-store', 0],
    ['private, max-age=60', 0],
    ['public', 0],
    [undefined, 0],
  ])('of %s is %d', (header, expected) => {
    expect(keepMs(header)).toBe(expected);
  });
});
