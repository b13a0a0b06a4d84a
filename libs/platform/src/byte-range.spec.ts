import { wantedBytes } from './byte-range';

describe('a Range header on a file of 1000 bytes', () => {
  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=0-', 0, 999],
    ['bytes=900-2000', 900, 999],
    ['bytes=-100', 900, 999],
    ['bytes=-5000', 0, 999],
    ['bytes=999-999', 999, 999],
  ])('%s is bytes %d to %d', (header, start, end) => {
    expect(wantedBytes(header, 1000)).toEqual({ kind: 'part', start, end });
  });

  it.each([undefined, '', 'bytes=-', 'bytes=5-2', 'bytes=0-1,5-6', 'items=0-1', 'bytes=a-b', 'bytes=0-9999999999999999999'])(
    '%s is not understood: the whole file',
    (header) => {
      expect(wantedBytes(header, 1000)).toEqual({ kind: 'all' });
    },
  );

  it.each(['bytes=1000-', 'bytes=2000-3000', 'bytes=-0'])('%s cannot be satisfied', (header) => {
    expect(wantedBytes(header, 1000)).toEqual({ kind: 'unsatisfiable' });
  });
});
