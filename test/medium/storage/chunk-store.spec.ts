import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { loadConfig } from '@app/config';
import { type ChunkStore, DiskChunkStore, type FileFacts, openRemoteStore, StorageUnavailable } from '@app/storage';
import { TestS3 } from '@app/testing';

const NAME = 'camera/run/0.m4s';
const SIZE = 300_000;

/** What every place for chunk files promises. */
interface Place {
  store: ChunkStore;
  /** Changes what is stored behind the store's back. */
  tamper(name: string, change: (bytes: Buffer) => Buffer): Promise<void>;
  stop(): Promise<void>;
}

const PLACES: [string, (directory: string) => Promise<Place>][] = [
  [
    'a folder',
    async (directory) => {
      const root = join(directory, 'store');
      const path = (name: string): string => join(root, name);
      const tamper = async (name: string, change: (bytes: Buffer) => Buffer): Promise<void> =>
        writeFile(path(name), change(await readFile(path(name))));
      return { store: new DiskChunkStore(root), tamper, stop: async () => undefined };
    },
  ],
  [
    'a bucket',
    async () => {
      const s3 = await TestS3.start();
      const { remote } = loadConfig(s3.env);
      if (!remote) throw new Error('no remote storage is configured');
      const path = (name: string): string => s3.pathOf(`footage/${name}`);
      const tamper = async (name: string, change: (bytes: Buffer) => Buffer): Promise<void> =>
        writeFile(path(name), change(await readFile(path(name))));
      return { store: openRemoteStore(remote), tamper, stop: () => s3.stop() };
    },
  ],
];

describe.each(PLACES)('chunk files in %s', (_name, open) => {
  let directory: string;
  let place: Place;
  let store: ChunkStore;
  let bytes: Buffer;
  let facts: FileFacts;
  let source: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pollglass-chunks-'));
    place = await open(directory);
    store = place.store;
    source = join(directory, 'source');
    await fill(randomBytes(SIZE));
  });
  afterAll(async () => {
    await place?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  async function fill(content: Buffer): Promise<void> {
    bytes = content;
    facts = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    await writeFile(source, bytes);
  }
  const read = async (offset: number, length: number, file = NAME): Promise<Buffer | undefined> => {
    const stream = await store.read({ file, offset, length });
    return stream && (await buffer(stream));
  };

  it('are stored whole, and verified', async () => {
    await store.put(NAME, source, facts);
    expect(await store.verify(NAME, facts)).toBe(true);
    expect(await store.size(NAME)).toBe(SIZE);
    expect(await read(0, SIZE)).toEqual(bytes);
  });

  it('can be stored again', async () => {
    await store.put(NAME, source, facts);
    await store.put(NAME, source, facts);
    expect(await store.verify(NAME, facts)).toBe(true);
  });

  it.each([
    // Not the first byte alone: the service under test takes bytes=0-0 for all of them.
    [0, 2],
    [1_000, 64_000],
    [SIZE - 1, 1],
  ])('are read from byte %d on, %d bytes', async (offset, length) => {
    expect(await read(offset, length)).toEqual(bytes.subarray(offset, offset + length));
  });

  it.each([
    [SIZE - 1, 2],
    [SIZE, 1],
  ])('have nothing from byte %d on when %d bytes are more than there are', async (offset, length) => {
    expect(await read(offset, length)).toBeUndefined();
  });

  it('that were never stored are not there', async () => {
    const name = 'camera/run/77.m4s';
    expect([await store.size(name), await read(0, 1, name), await store.verify(name, facts)]).toEqual([
      undefined,
      undefined,
      false,
    ]);
    await store.remove(name);
  });

  it.each([
    ['one bit was flipped', (content: Buffer) => Buffer.from(content.map((byte, at) => (at === 1234 ? byte ^ 1 : byte)))],
    ['the end is missing', (content: Buffer) => content.subarray(0, -1)],
    ['something was added', (content: Buffer) => Buffer.concat([content, Buffer.alloc(1)])],
  ])('are not verified when %s', async (_change, change) => {
    const name = 'camera/run/5.m4s';
    await store.put(name, source, facts);
    await place.tamper(name, change);
    expect(await store.verify(name, facts)).toBe(false);
  });

  it('are listed by the beginning of their names', async () => {
    const names = ['one/a/0.m4s', 'one/a/1.m4s', 'one/b/0.m4s', 'other/a/0.m4s'];
    for (const name of names) await store.put(name, source, facts);
    const listed = async (prefix: string): Promise<string[]> => {
      const found: string[] = [];
      for await (const name of store.list(prefix)) found.push(name);
      return found.sort();
    };
    expect(await listed('one/')).toEqual(names.slice(0, 3));
    expect(await listed('one/a/')).toEqual(names.slice(0, 2));
    expect(await listed('nobody/')).toEqual([]);
    expect(await listed('')).toEqual(expect.arrayContaining(names));
  });

  it('are gone when they were removed, once or twice', async () => {
    const name = 'camera/run/6.m4s';
    await store.put(name, source, facts);
    await store.remove(name);
    await store.remove(name);
    expect(await store.size(name)).toBeUndefined();
  });
});

describe('a bucket that is away', () => {
  it('fails, and does not say that nothing is stored', async () => {
    const s3 = await TestS3.start();
    const { remote } = loadConfig(s3.env);
    const store = openRemoteStore(remote!);
    await s3.away();
    await expect(store.size(NAME)).rejects.toThrow(StorageUnavailable);
    await expect(store.read({ file: NAME, offset: 0, length: 1 })).rejects.toThrow(StorageUnavailable);
    await s3.stop();
  });

  it('that does not exist is not taken for an empty one', async () => {
    const s3 = await TestS3.start();
    const { remote } = loadConfig({ ...s3.env, STORAGE_URL: `s3://nobody?endpoint=http://127.0.0.1:${s3.port}` });
    const store = openRemoteStore(remote!);
    await expect(store.read({ file: NAME, offset: 0, length: 1 })).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await s3.stop();
  });
});
