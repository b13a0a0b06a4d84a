import type { DiskReport } from '@app/contracts';
import { disksWarning, holdsWarning } from './storage-words';

const report = (other: Partial<DiskReport> = {}): DiskReport => ({
  volume: 'a:/media',
  usedBytes: 910,
  freeBytes: 90,
  level: 'short',
  since: '2026-11-22T12:00:00.000Z',
  shed: { sheets: 0, files: 0, bytes: 0 },
  isStuck: false,
  ...other,
});

describe('what is said of recording disks', () => {
  it('is nothing while all have room', () => {
    expect(disksWarning([])).toBeUndefined();
    expect(disksWarning([report({ level: 'enough' }), report({ volume: 'b', level: 'filling' })])).toBeUndefined();
  });

  it('is which level, since when, and what went', () => {
    const shed = { sheets: 3, files: 12, bytes: 1 };
    expect(disksWarning([report({ shed }), report({ volume: 'b', level: 'enough' })])).toBe(
      '1 of 2 recording disks is short; the worst is short since 2026-11-22T12:00:00.000Z, 91 % used, 3 scrub sheets and 12 files of footage went for it',
    );
  });

  it('is the worst of several, each disk counted once, and that nothing more may go', () => {
    const worst = report({ volume: 'b', level: 'critical', usedBytes: 960, freeBytes: 40, isStuck: true });
    expect(disksWarning([report(), report(), worst])).toBe(
      '2 of 2 recording disks are short; the worst is nearly full since 2026-11-22T12:00:00.000Z, 96 % used; what is left is held or being watched: make room, or release holds',
    );
  });
});

describe('what is said of the budget of holds', () => {
  it.each([
    [undefined, undefined],
    [{ level: 'enough' as const, used_bytes: 1, limit_bytes: 9 }, undefined],
    [{ level: 'early' as const, used_bytes: 7.2e9, limit_bytes: 10e9 }, 'Holds keep 7.2 of 10.0 GB, 72 % of their budget'],
    [
      { level: 'over' as const, used_bytes: 10e9, limit_bytes: 10e9 },
      'Holds keep 10.0 of 10.0 GB, 100 % of their budget: nothing more can be held by hand',
    ],
  ])('of %j is %j', (usage, said) => {
    expect(holdsWarning(usage)).toBe(said);
  });
});
