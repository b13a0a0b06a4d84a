import { type DiskFigures, DiskSpace, type FileStore } from '@app/platform';
import { StorageCheck } from './storage-check';

const disk = { filling: 0.8, short: 0.9, critical: 0.95, full: 0.98 };
const config = { dataDirectory: '/data', storageDirectory: '/store', disk };

function storage(
  percents: { data: number; store: number },
  write = () => Promise.resolve(),
  bucket?: { warning(): Promise<string | undefined> },
): StorageCheck {
  class Disks extends DiskSpace {
    read(directory: string): Promise<DiskFigures> {
      const usedBytes = directory === '/data' ? percents.data : percents.store;
      return Promise.resolve({ usedBytes, freeBytes: 100 - usedBytes });
    }
  }
  return new StorageCheck(config, { check: write } as FileStore, new Disks(), bucket);
}

describe('the storage check', () => {
  it.each([
    [0, 0, undefined],
    [89, 85, undefined],
    [90, 10, 'The disk is short, old footage is being deleted: 90 % used'],
    [10, 90, 'The disk is short, old footage is being deleted: 90 % used'],
    [91, 95, 'The disk is nearly full: 95 % used'],
    [97, 96, 'The disk is nearly full: 97 % used'],
  ])('with disks %i and %i % full says: %s', async (data, store, said) => {
    expect(await storage({ data, store }).check()).toBe(said);
  });

  it('fails when one is full', async () => {
    await expect(storage({ data: 98, store: 1 }).check()).rejects.toThrow('The disk is full: 98 % used');
  });

  it('warns of a bucket that cannot be reached, and never fails for it; a disk comes first', async () => {
    const bucket = { warning: () => Promise.resolve('The bucket is away') };
    const write = () => Promise.resolve();
    expect(await storage({ data: 1, store: 1 }, write, bucket).check()).toBe('The bucket is away');
    expect(await storage({ data: 91, store: 1 }, write, bucket).check()).toContain('The disk is short');
  });

  it('fails when nothing can be written', async () => {
    await expect(storage({ data: 1, store: 1 }, () => Promise.reject(new Error('read-only'))).check()).rejects.toThrow(
      'read-only',
    );
  });
});
