import { createLogger } from '@app/platform';
import { StorageUpkeep, type UpkeepParts } from './storage-upkeep';

/** A disk of 1000 bytes that is short from 900 on. */
class Disk {
  readonly order: string[] = [];
  readonly early = { files: 0, bytes: 0 };

  constructor(
    public used: number,
    private sheets: number,
    private free: number,
  ) {}

  get isExhausted(): boolean {
    return this.free === 0;
  }

  readonly look = () => {
    const level = this.used >= 900 ? ('short' as const) : ('enough' as const);
    const figures = { usedBytes: this.used, freeBytes: 1000 - this.used };
    return Promise.resolve({ figures, level, excessBytes: Math.max(0, this.used - 899), since: new Date(0) });
  };

  readonly clean = () => {
    const bytes = Math.min(this.free, Math.max(0, this.used - 899));
    if (bytes > 0) this.order.push('footage');
    this.free -= bytes;
    this.used -= bytes;
    this.early.bytes += bytes;
    this.early.files += bytes > 0 ? 1 : 0;
    return Promise.resolve(bytes > 0 ? 1 : 0);
  };

  readonly shed = (wanted: number) => {
    const bytes = Math.min(this.sheets, wanted);
    if (bytes > 0) this.order.push('sheets');
    this.sheets -= bytes;
    this.used -= bytes;
    return Promise.resolve({ files: bytes > 0 ? 1 : 0, bytes });
  };
}

const upkeepOf = (disk: Disk, other: Partial<UpkeepParts> = {}) => {
  const sweep = { step: () => Promise.resolve(0) };
  const parts = { volume: 'here:/media', disk, cleaner: disk, sweep, derived: disk, ...other };
  return new StorageUpkeep(parts, { heldBytes: () => Promise.resolve(7) }, createLogger('test', 'silent'));
};

describe('a disk that is short', () => {
  it('loses what can be made again first, and footage only where that is not enough', async () => {
    const disk = new Disk(950, 30, 500);
    const upkeep = upkeepOf(disk);
    expect(await upkeep.round()).toBe(1);
    expect(disk.order).toEqual(['sheets', 'footage']);
    expect(upkeep.report).toMatchObject({ volume: 'here:/media', usedBytes: 899, isStuck: false });
    expect(upkeep.report?.shed).toEqual({ sheets: 1, files: 1, bytes: 51 });
    const roomy = new Disk(950, 100, 500);
    await upkeepOf(roomy).round();
    expect(roomy.order).toEqual(['sheets']);
  });

  it('says that nothing more may go when all that is left is held', async () => {
    const disk = new Disk(950, 0, 20);
    const upkeep = upkeepOf(disk);
    await upkeep.round();
    expect(upkeep.report).toMatchObject({ level: 'short', isStuck: true, shed: { sheets: 0, files: 1, bytes: 20 } });
    disk.used = 890;
    await upkeep.disk();
    expect(upkeep.report).toMatchObject({ level: 'enough', isStuck: false });
  });

  it('tells what was shed until there is room again, then begins anew', async () => {
    const disk = new Disk(950, 100, 500);
    const upkeep = upkeepOf(disk);
    await upkeep.round();
    disk.used = 910;
    await upkeep.round();
    expect(upkeep.shedNow.bytes).toBe(51 + 11);
    await upkeep.round();
    expect(upkeep.shedNow).toEqual({ sheets: 0, files: 0, bytes: 0 });
    expect(upkeep.heldBytes).toBe(7);
  });

  it('deletes footage all the same when what can be made again cannot be deleted', async () => {
    const disk = new Disk(950, 100, 500);
    const upkeep = upkeepOf(disk, { derived: { shed: () => Promise.reject(new Error('EIO')) } });
    expect(await upkeep.round()).toBe(1);
    expect(disk.order).toEqual(['footage']);
  });
});
