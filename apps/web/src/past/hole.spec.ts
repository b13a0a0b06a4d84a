import { holeSeconds } from './hole';
import type { ListEntry } from './list-window';

const entry = (start: number, duration: number, gap = false): ListEntry => ({
  programDateTime: start * 1000,
  start,
  duration,
  gap,
});

describe('the hole that a video stands in', () => {
  const entries = [entry(0, 2), entry(2, 0.5), entry(2.5, 0.3, true), entry(2.8, 1.9), entry(4.7, 2)];

  it('is none where there is a picture', () => {
    expect(holeSeconds(entries, [{ start: 0, end: 2.5 }], 1)).toBeNull();
    expect(holeSeconds(entries, [{ start: 1.05, end: 2.5 }], 1)).toBeNull();
  });

  it('is none while the media may still come', () => {
    expect(holeSeconds(entries, [], 3)).toBeNull();
    expect(holeSeconds(entries, [{ start: 0, end: 2.5 }], 3)).toBeNull();
    expect(holeSeconds(entries, [{ start: 4.7, end: 6.7 }], 3)).toBeNull();
  });

  it('reaches to the first picture of the media that were loaded there', () => {
    expect(holeSeconds(entries, [{ start: 3.75, end: 4.7 }], 3)).toBeCloseTo(0.75);
  });

  it('reaches over missing time to the next footage, or to the first picture in it', () => {
    expect(holeSeconds(entries, [{ start: 0, end: 2.5 }], 2.6)).toBeCloseTo(0.2);
    expect(
      holeSeconds(
        entries,
        [
          { start: 0, end: 2.5 },
          { start: 3.75, end: 4.7 },
        ],
        2.6,
      ),
    ).toBeCloseTo(1.15);
  });

  it('is none beyond the list, or where nothing follows', () => {
    expect(holeSeconds(entries, [], 7)).toBeNull();
    expect(holeSeconds([entry(0, 2), entry(2, 5, true)], [{ start: 0, end: 2 }], 3)).toBeNull();
  });
});
