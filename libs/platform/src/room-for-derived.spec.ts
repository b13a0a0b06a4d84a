import { DiskSpace } from './disk-space';
import { RoomForDerived } from './room-for-derived';

const THRESHOLDS = { filling: 0.8, short: 0.9, critical: 0.95, full: 0.98 };

class Disk extends DiskSpace {
  usedBytes = 0;
  asked = 0;

  read() {
    this.asked += 1;
    return Promise.resolve({ usedBytes: this.usedBytes, freeBytes: 100 - this.usedBytes });
  }
}

describe('work that can be done later', () => {
  let nowMs = 0;
  const clock = { monotonicMs: () => nowMs };

  it.each([
    [0, true, true],
    [89, true, true],
    [90, false, true],
    [94, false, true],
    [95, false, false],
    [99, false, false],
  ])('with %i %% of the disk used: sheets %s, clips %s', async (used, sheets, clips) => {
    const disk = new Disk();
    disk.usedBytes = used;
    const room = new RoomForDerived(disk, '/archive', THRESHOLDS, clock);
    expect([await room.has('sheets'), await room.has('clips')]).toEqual([sheets, clips]);
    expect(disk.asked).toBe(1);
  });

  it('goes on within two seconds of room being made', async () => {
    const disk = new Disk();
    disk.usedBytes = 99;
    const room = new RoomForDerived(disk, '/archive', THRESHOLDS, clock);
    expect(await room.has('clips')).toBe(false);
    disk.usedBytes = 10;
    expect(await room.has('clips')).toBe(false);
    nowMs += 2_000;
    expect(await room.has('clips')).toBe(true);
  });

  it('never waits where its files are on no disk of ours', async () => {
    expect(await new RoomForDerived(new Disk(), undefined, THRESHOLDS, clock).has('sheets')).toBe(true);
  });
});
