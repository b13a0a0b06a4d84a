import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type Config, loadConfig } from '@app/config';
import type { Db } from '@app/database';
import { fileExists } from '@app/platform';
import { fsck } from '@app/recordings';
import { openFileStore, openRemoteStore, type RemoteFileStore } from '@app/storage';
import { createTestDatabase, TestS3 } from '@app/testing';
import { incidentServices, newActor, newFlag, newPlace, silent } from '../incidents/fixtures';

describe('clips and stills in a bucket', () => {
  let s3: TestS3;
  let directory: string;
  let config: Config;
  let store: RemoteFileStore;
  const bytes = randomBytes(200_000);
  const name = 'incidents/5f1d7a52-6f0e-4f5c-8a8f-0a4d5c1b2e3f/clip.mp4';

  beforeAll(async () => {
    s3 = await TestS3.start();
  });
  afterAll(() => s3.stop());
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pollglass-archive-'));
    config = loadConfig({ POLLGLASS_DATA: directory, ...s3.env });
    store = openFileStore(config) as RemoteFileStore;
  });
  afterEach(async () => {
    await store.remove(name);
    await rm(directory, { recursive: true, force: true });
  });

  async function* content() {
    yield bytes.subarray(0, 77_777);
    yield bytes.subarray(77_777);
  }
  const localPath = () => join(config.storageDirectory, name);
  const isHere = () => fileExists(localPath());
  const isInBucket = async () => (await openRemoteStore(config.remote!, 'archive').size(name)) === bytes.length;
  const read = (range?: { start: number; end: number }) => buffer(store.read(name, range));
  const makeOld = () => utimes(localPath(), new Date(0), new Date(0));

  it('are verified there, and read from there, whole or in part, by any machine', async () => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await store.put(name, content())).toEqual({ bytes: bytes.length, sha256 });
    expect([await isHere(), await isInBucket(), await store.size(name)]).toEqual([false, true, bytes.length]);
    expect((await read()).equals(bytes)).toBe(true);
    expect(await read({ start: 10, end: 19 })).toEqual(bytes.subarray(10, 20));
    await expect(buffer(store.read('incidents/none/clip.mp4'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await store.size('incidents/none/clip.mp4')).toBeUndefined();
  });

  it('stay here while the bucket is away, can be read, and are sent later by whoever finds them', async () => {
    await s3.away();
    await store.put(name, content());
    expect([await isHere(), (await read()).equals(bytes)]).toEqual([true, true]);
    await store.check();
    await makeOld();
    await expect(store.moveLeft(Date.now(), silent)).rejects.toThrow('The storage cannot be reached now');
    expect(await isHere()).toBe(true);
    await s3.back();
    const another = openFileStore(config) as RemoteFileStore;
    expect(await another.moveLeft(Date.now(), silent)).toBe(1);
    expect([await isHere(), await isInBucket(), (await read({ start: 1, end: 5 })).length]).toEqual([false, true, 5]);
    expect(await another.moveLeft(Date.now(), silent)).toBe(0);
  });

  it('that are being written are left alone', async () => {
    await s3.away();
    await store.put(name, content());
    await s3.back();
    expect([await store.moveLeft(Date.now(), silent), await isHere()]).toEqual([0, true]);
  });

  describe('as fsck sees the bucket', () => {
    let db: Db;
    let stop: () => Promise<void>;
    beforeAll(async () => {
      ({ db, stop } = await createTestDatabase());
    });
    afterAll(() => stop());

    const findings = async () => {
      const remote = config.remote!;
      const bucket = { footage: openRemoteStore(remote), archive: openRemoteStore(remote, 'archive'), files: store };
      const mediaDirectory = join(directory, 'media');
      const options = { db, mediaDirectory, bucket, repairIndex: false, nowMs: () => Date.now(), onProgress: () => undefined };
      const report = await fsck(options);
      return report.findings.filter(({ kind }) => kind.startsWith('bucket')).map(({ kind, file }) => `${kind} ${file}`);
    };
    const put = async (object: string) => {
      const source = join(directory, 'source');
      await writeFile(source, bytes);
      const facts = { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
      await openRemoteStore(config.remote!).put(object, source, facts);
    };

    it('objects without rows and rows without objects are found, and nothing else', async () => {
      const { cameraId } = await newPlace(db);
      const [named, stray, gone, doomed] = ['0', '1', '2', '3'].map((nth) => `${cameraId}/${randomUUID()}/${nth}.m4s`) as [
        string,
        string,
        string,
        string,
      ];
      for (const object of [named, stray, doomed]) await put(object);
      const facts = { byte_length: bytes.length, sha256: Buffer.alloc(32), stored_at: new Date() };
      for (const file of [named, gone])
        await db
          .insertInto('stored_chunks')
          .values({ file, ...facts, doomed_at: null })
          .execute();
      await db
        .insertInto('stored_chunks')
        .values({ file: doomed, ...facts, doomed_at: new Date() })
        .execute();
      const services = await incidentServices(db);
      const { id } = await services.flags.flag(await newActor(db, 'observer'), newFlag(cameraId));
      const [clip, still] = [`incidents/${id}/clip.mp4`, `incidents/${id}/still.jpg`];
      await store.put(clip, content());
      await store.put(name, content());
      const ready = { state: 'ready' as const, clip_file: clip, still_file: still };
      await db.updateTable('incident_clips').set(ready).where('incident_id', '=', id).execute();
      expect((await findings()).sort()).toEqual(
        [`bucket-orphan ${stray}`, `bucket-missing ${gone}`, `bucket-missing ${still}`, `bucket-orphan ${name}`].sort(),
      );
      for (const object of [named, stray, doomed]) await openRemoteStore(config.remote!).remove(object);
      await store.remove(clip);
    });
  });
});
