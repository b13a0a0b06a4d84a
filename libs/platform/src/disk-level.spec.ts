import * as fc from 'fast-check';
import { bytesAbove, diskLevel, usedShare } from './disk-level';
import { StatfsDiskSpace } from './disk-space';

const THRESHOLDS = { filling: 0.8, short: 0.9, critical: 0.95, full: 0.98 };
const disk = (usedBytes: number) => ({ usedBytes, freeBytes: 1000 - usedBytes });

describe('the level of a disk', () => {
  it.each([
    [0, 'enough'],
    [799, 'enough'],
    [800, 'filling'],
    [899, 'filling'],
    [900, 'short'],
    [950, 'critical'],
    [979, 'critical'],
    [980, 'full'],
    [1000, 'full'],
  ])('with %i of 1000 bytes used is %s', (used, level) => {
    expect(diskLevel(disk(used), THRESHOLDS)).toBe(level);
  });

  it('is full where there is no disk at all', () => {
    expect(diskLevel({ usedBytes: 0, freeBytes: 0 }, THRESHOLDS)).toBe('full');
  });

  it('is left by deleting exactly the bytes above it, and not by one less', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 45), fc.nat(2 ** 45), fc.integer({ min: 1, max: 99 }), (usedBytes, freeBytes, percent) => {
        fc.pre(usedBytes + freeBytes > 0);
        const share = percent / 100;
        const bytes = bytesAbove({ usedBytes, freeBytes }, share);
        const limit = share * (usedBytes + freeBytes);
        expect(usedBytes - bytes).toBeLessThanOrEqual(Math.max(limit, usedBytes));
        if (usedBytes < limit) expect(bytes).toBe(0);
        else {
          expect(usedBytes - bytes).toBeLessThan(limit + 1e-3);
          expect(usedBytes - bytes + 1).toBeGreaterThanOrEqual(limit - 1e-3);
        }
      }),
    );
  });
});

describe('the room on a real disk', () => {
  it('can be told for a folder that is not there yet', async () => {
    const figures = await new StatfsDiskSpace().read(`${__dirname}/not/there/yet`);
    expect(figures.usedBytes).toBeGreaterThan(0);
    expect(usedShare(figures)).toBeLessThanOrEqual(1);
  });
});
