import { createLogger } from '@app/platform';
import { ChunkCleaner } from './chunk-cleaner';
import type { MediaFiles } from './media-files';
import type { ChunkStart, IndexedChunk } from './retention-repository';

const NOW = Date.UTC(2026, 10, 22);
const MINUTE = 60_000;
const silent = createLogger('test', 'silent');

/** A minute a file, oldest first, the newest ended an hour ago. */
class FakeIndex {
  asked = 0;
  readonly deleted = new Set<string>();
  readonly held = new Set<string>();
  readonly stored = new Set<string>();
  readonly starts: ChunkStart[];

  constructor(count: number) {
    this.starts = Array.from({ length: count }, (_, nth) => ({
      file: String(nth),
      startsAt: new Date(NOW - 61 * MINUTE - (count - 1 - nth) * MINUTE),
    }));
  }

  oldest(cause: string, { after, limit }: { after: ChunkStart | undefined; limit: number }): Promise<ChunkStart[]> {
    if (cause === 'past-retention') return Promise.resolve([]);
    this.asked += 1;
    const rest = this.starts.filter((start) => !this.deleted.has(start.file) && (!after || start.startsAt > after.startsAt));
    return Promise.resolve(rest.slice(0, limit));
  }

  chunks(files: readonly string[]): Promise<IndexedChunk[]> {
    const all = files.map((file) => ({
      file,
      indexedBytes: 1,
      endsAtMs: this.starts[Number(file)]!.startsAt.getTime() + MINUTE,
      held: this.held.has(file),
      retentionMs: 1e12,
      storedBytes: this.stored.has(file) ? 1 : null,
    }));
    return Promise.resolve(all);
  }

  bury(files: readonly string[]): Promise<string[]> {
    for (const file of files) this.deleted.add(file);
    return Promise.resolve([...files]);
  }
}

describe('a walk from the oldest on', () => {
  const onDisk = (isHere: (file: string) => boolean, remove = (_file: string) => Promise.resolve()) =>
    ({
      find: (file: string) => Promise.resolve(isHere(file) ? { bytes: 1, modifiedMs: NOW - 61 * MINUTE } : undefined),
      remove,
    }) as unknown as MediaFiles;
  let monotonic = 0;
  const clock = { nowMs: () => NOW, now: () => new Date(NOW), monotonicMs: () => monotonic };
  const cleanerOf = (files: MediaFiles, index: FakeIndex, excess: () => number) => {
    const figures = { usedBytes: 0, freeBytes: 0 };
    const disk = {
      look: () => Promise.resolve({ figures, level: 'short' as const, excessBytes: excess(), since: new Date(NOW) }),
    };
    return new ChunkCleaner(files, index, disk, clock, silent);
  };

  it('goes past what is held or on another machine, and does not read that again in each round', async () => {
    const index = new FakeIndex(1_000);
    for (let nth = 0; nth < 300; nth += 1) index.held.add(String(nth));
    const cleaner = cleanerOf(
      onDisk((file) => Number(file) >= 500),
      index,
      () => 2,
    );
    expect(await cleaner.clean()).toBe(2);
    expect([...index.deleted]).toEqual(['500', '501']);
    const first = index.asked;
    expect(await cleaner.clean()).toBe(2);
    expect([...index.deleted].slice(2)).toEqual(['502', '503']);
    expect([first, index.asked - first]).toEqual([3, 1]);

    index.held.clear();
    monotonic += 10 * MINUTE;
    const all = cleanerOf(
      onDisk(() => true),
      index,
      () => 1,
    );
    await all.clean();
    expect(index.deleted.has('0')).toBe(true);
  });

  it('looks at it again after a while: a hold may have been released', async () => {
    const index = new FakeIndex(500);
    for (let nth = 0; nth < 300; nth += 1) index.held.add(String(nth));
    const cleaner = cleanerOf(
      onDisk(() => true),
      index,
      () => 1,
    );
    await cleaner.clean();
    index.held.clear();
    await cleaner.clean();
    expect([...index.deleted].map(Number).every((nth) => nth >= 200)).toBe(true);
    monotonic += 10 * MINUTE;
    await cleaner.clean();
    expect(index.deleted.has('0')).toBe(true);
  });

  it('is soon begun anew where all of it was seen and the disk is still short: a hold may have been released', async () => {
    const index = new FakeIndex(10);
    for (let nth = 0; nth < 10; nth += 1) index.held.add(String(nth));
    const cleaner = cleanerOf(
      onDisk(() => true),
      index,
      () => 1,
    );
    expect([await cleaner.clean(), cleaner.isExhausted]).toEqual([0, true]);
    index.held.clear();
    monotonic += 30_000;
    expect(await cleaner.clean()).toBe(0);
    monotonic += 30_000;
    expect(await cleaner.clean()).toBe(1);
    expect([cleaner.isExhausted, cleaner.early]).toEqual([false, { files: 1, bytes: 1 }]);
  });

  it('goes on with the others when a file cannot be deleted', async () => {
    const index = new FakeIndex(3);
    const removed: string[] = [];
    const remove = (file: string) => (file === '0' ? Promise.reject(new Error('EIO')) : Promise.resolve(void removed.push(file)));
    expect(
      await cleanerOf(
        onDisk(() => true, remove),
        index,
        () => 3,
      ).clean(),
    ).toBe(3);
    expect(removed).toEqual(['1', '2']);
  });

  it('deletes nothing while the disk has room', async () => {
    const index = new FakeIndex(10);
    expect(
      await cleanerOf(
        onDisk(() => true),
        index,
        () => 0,
      ).clean(),
    ).toBe(0);
    expect(index.deleted.size).toBe(0);
  });
});
