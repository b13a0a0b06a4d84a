import { budgetLevel, limitOf } from './hold-budget';

describe('the budget of holds', () => {
  const disk = (volume: string, usedBytes: number, freeBytes: number) => ({ volume, usedBytes, freeBytes });

  it('is a share of all disks that are recorded to, each counted once', () => {
    const volumes = [disk('a:/media', 60, 40), disk('a:/media', 61, 39), disk('b:/media', 0, 100)];
    expect(limitOf({ kind: 'share', share: 0.5 }, volumes)).toBe(100);
    expect(limitOf({ kind: 'share', share: 0.5 }, [])).toBeUndefined();
  });

  it('is a number of bytes, whatever the disks are', () => {
    expect(limitOf({ kind: 'bytes', bytes: 7 }, [])).toBe(7);
  });

  it.each([
    [0, 100, 'enough'],
    [69, 100, 'enough'],
    [70, 100, 'early'],
    [89, 100, 'early'],
    [90, 100, 'late'],
    [99, 100, 'late'],
    [100, 100, 'over'],
    [1, 0, 'over'],
    [0, 0, 'enough'],
    [1e15, null, 'enough'],
  ])('with %i of %s bytes is %s', (used, limit, level) => {
    expect(budgetLevel(used, limit)).toBe(level);
  });
});
