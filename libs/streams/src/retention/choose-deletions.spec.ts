import * as fc from 'fast-check';
import { type Chunk, chooseDeletions, type Room } from './choose-deletions';

const NOW = 1_000_000;
const room = (other: Partial<Room> = {}): Room => ({ nowMs: NOW, excessBytes: 0, liveMs: 1_000, ...other });
const chunk = (file: string, ageMs: number, other: Partial<Chunk> = {}): Chunk => ({
  file,
  bytes: 10,
  endsAtMs: NOW - ageMs,
  held: false,
  retentionMs: 100_000,
  ...other,
});
const chosen = (chunks: Chunk[], other: Partial<Room> = {}) =>
  chooseDeletions(chunks, room(other)).map(({ file, cause }) => `${file} ${cause}`);

describe('what is deleted', () => {
  it('is nothing while there is room and nothing is past its retention', () => {
    expect(chosen([chunk('young', 0), chunk('old', 99_999), chunk('on the day', 100_000)])).toEqual([]);
  });

  it('is what its own election keeps no longer, oldest first', () => {
    const chunks = [chunk('new', 100_001), chunk('kept', 200_000, { retentionMs: 300_000 }), chunk('old', 150_000)];
    expect(chosen(chunks)).toEqual(['old past-retention', 'new past-retention']);
  });

  it('is the oldest when the disk is short, and no more than is needed', () => {
    const chunks = [chunk('a', 3_000), chunk('c', 9_000), chunk('b', 6_000)];
    expect(chosen(chunks, { excessBytes: 11 })).toEqual(['c disk-short', 'b disk-short']);
    expect(chosen(chunks, { excessBytes: 10 })).toEqual(['c disk-short']);
  });

  it('leaves younger footage alone where the expired one makes room enough', () => {
    const chunks = [chunk('young', 50_000), chunk('expired', 200_000)];
    expect(chosen(chunks, { excessBytes: 10 })).toEqual(['expired past-retention']);
  });

  it('is never of the live window, and never held, however full the disk is', () => {
    const chunks = [chunk('live', 1_000), chunk('held', 5_000, { held: true }), chunk('held for years', 900_000, { held: true })];
    expect(chosen(chunks, { excessBytes: 1e12 })).toEqual([]);
  });
});

describe('of any chunks on any disk', () => {
  const chunks = fc.uniqueArray(
    fc.record({
      file: fc.uuid(),
      bytes: fc.integer({ min: 1, max: 1_000 }),
      endsAtMs: fc.integer({ min: NOW - 20_000, max: NOW }),
      held: fc.boolean(),
      retentionMs: fc.integer({ min: 500, max: 20_000 }),
    }),
    { selector: ({ file }) => file, maxLength: 40 },
  );
  const rooms = fc.record({ nowMs: fc.constant(NOW), excessBytes: fc.nat(20_000), liveMs: fc.constant(2_000) });
  const check = (property: (chunks: Chunk[], room: Room) => void) => fc.assert(fc.property(chunks, rooms, property));

  it('a hold beats everything', () => {
    check((all, disk) => {
      const held = new Set(all.filter((one) => one.held).map(({ file }) => file));
      expect(chooseDeletions(all, disk).filter(({ file }) => held.has(file))).toEqual([]);
    });
  });

  it('all that is unheld and past its retention goes, and nothing twice', () => {
    check((all, disk) => {
      const deletions = chooseDeletions(all, disk);
      expect(new Set(deletions.map(({ file }) => file)).size).toBe(deletions.length);
      const expired = all.filter((one) => !one.held && one.endsAtMs < NOW - one.retentionMs).map(({ file }) => file);
      const gone = deletions.filter(({ cause }) => cause === 'past-retention').map(({ file }) => file);
      expect(gone.sort()).toEqual(expired.sort());
    });
  });

  it('what goes before its time is older than the live window and than everything that could have gone instead', () => {
    check((all, disk) => {
      const early = chooseDeletions(all, disk).filter(({ cause }) => cause === 'disk-short');
      const endOf = new Map(all.map((one) => [one.file, one.endsAtMs]));
      const newest = Math.max(...early.map(({ file }) => endOf.get(file)!));
      if (early.length > 0) expect(newest).toBeLessThan(NOW - disk.liveMs);
      const gone = new Set(early.map(({ file }) => file));
      const passedOver = all.filter((one) => !one.held && !gone.has(one.file) && one.endsAtMs >= NOW - one.retentionMs);
      for (const one of passedOver) if (early.length > 0) expect(one.endsAtMs).toBeGreaterThanOrEqual(newest);
    });
  });

  it('it stops as soon as there is room, and only short of it when nothing more may go', () => {
    check((all, disk) => {
      const deletions = chooseDeletions(all, disk);
      const early = deletions.filter(({ cause }) => cause === 'disk-short');
      const freed = deletions.reduce((sum, { bytes }) => sum + bytes, 0);
      if (early.length > 0) expect(freed - early.at(-1)!.bytes).toBeLessThan(disk.excessBytes);
      const gone = new Set(deletions.map(({ file }) => file));
      const left = all.some((one) => !one.held && !gone.has(one.file) && one.endsAtMs < NOW - disk.liveMs);
      if (left) expect(freed).toBeGreaterThanOrEqual(disk.excessBytes);
    });
  });

  it('the order they are told in does not matter', () => {
    check((all, disk) => expect(chooseDeletions([...all].reverse(), disk)).toEqual(chooseDeletions(all, disk)));
  });
});
