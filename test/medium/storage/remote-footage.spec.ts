import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { ClipCutter, ClipRecord, ClipService, FootageIndex, WorkFolders } from '@app/evidence';
import { DiskFileStore, DiskSpace, fileExists, SystemClock } from '@app/platform';
import type { OutboxRelay } from '@app/realtime';
import { fsck } from '@app/recordings';
import {
  ChunkCleaner,
  ChunkUploader,
  DiskWatch,
  MediaFiles,
  RemoteCopies,
  RetentionRepository,
  UploadRepository,
} from '@app/streams';
import { type ChunkStore, fileOf, openRemoteStore, RecordedBytes, StoredChunks } from '@app/storage';
import { allowTampering, forgetHolds, TestS3 } from '@app/testing';
import { TestApi } from '../api';
import { Footage, probe, record } from '../incidents/footage';
import { incidentServices, MovableClock, newActor, newFlag, newPlace, type Place, silent } from '../incidents/fixtures';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const KEEP_MS = 60 * MINUTE;

/** A disk as full as a test says. */
class TestDisk extends DiskSpace {
  usedBytes = 0;

  read(): Promise<{ usedBytes: number; freeBytes: number }> {
    return Promise.resolve({ usedBytes: this.usedBytes, freeBytes: 1_000 - this.usedBytes });
  }
}

describe('footage in a bucket', () => {
  let s3: TestS3;
  let api: TestApi;
  let media: string;
  let store: ChunkStore;
  let files: MediaFiles;
  let clock: MovableClock;
  let disk: TestDisk;
  let recording: Buffer;
  let place: Place;
  let startsAt: number;
  let file: string;
  let original: Buffer;

  beforeAll(async () => {
    s3 = await TestS3.start();
    api = await TestApi.start(s3.env);
    media = join(api.config.dataDirectory, 'media');
    store = openRemoteStore(api.config.remote!);
    files = new MediaFiles(media);
    recording = await record({ seconds: 12 });
    await allowTampering(api.db, 'deleting');
  });
  afterAll(async () => {
    await api?.stop();
    await s3?.stop();
  });

  /** A camera of which one closed chunk file was recorded half an hour ago. */
  beforeEach(async () => {
    await rm(media, { recursive: true, force: true });
    await forgetHolds(api.db);
    for (const table of ['segments', 'stored_chunks'] as const) await api.db.deleteFrom(table).execute();
    clock = new MovableClock();
    disk = new TestDisk();
    place = await newPlace(api.db);
    startsAt = Date.now() - 30 * MINUTE;
    file = await new Footage(api.db, place.cameraId, media).addRun(recording, startsAt, { hashed: true });
    await api.db.updateTable('runs').set({ ended_at: new Date() }).where('camera_id', '=', place.cameraId).execute();
    await utimes(join(media, file), new Date(startsAt), new Date(startsAt));
    original = await readFile(join(media, file));
  });

  /** As of a packager that has just started. @param through calls of the storage go through this */
  function copies(through: (store: ChunkStore) => ChunkStore = (real) => real): RemoteCopies {
    const [stored, index, via] = [new StoredChunks(api.db), new UploadRepository(api.db), through(store)];
    const uploader = new ChunkUploader(files, via, stored, index, silent);
    const watch = new DiskWatch(disk, media, { filling: 0.8, short: 0.9, critical: 0.95, full: 0.98 }, new SystemClock(), silent);
    const keepMs = async (): Promise<number> => ((await watch.look()).excessBytes > 0 ? 0 : KEEP_MS);
    return new RemoteCopies({ files, uploader, store: via, stored, index, clock, logger: silent, keepMs });
  }
  const cleaner = (): ChunkCleaner => {
    const watch = new DiskWatch(disk, media, { filling: 0.8, short: 0.9, critical: 0.95, full: 0.98 }, new SystemClock(), silent);
    return new ChunkCleaner(files, new RetentionRepository(api.db), watch, clock, silent);
  };
  const isHere = (): Promise<boolean> => fileExists(join(media, file));
  const inBucket = async (): Promise<Buffer | undefined> => {
    const stream = await store.read({ file, offset: 0, length: original.length });
    return stream && (await buffer(stream));
  };
  const isOnRecord = async (): Promise<boolean> => (await new StoredChunks(api.db).bytesOf(file)) === original.length;
  const check = () =>
    fsck({
      db: api.db,
      mediaDirectory: media,
      cameraId: place.cameraId,
      elsewhere: api.app.get(RecordedBytes, { strict: false }),
      repairIndex: false,
      nowMs: () => clock.nowMs(),
      onProgress: () => undefined,
    });
  const rows = () =>
    api.db.selectFrom('segments').selectAll().where('camera_id', '=', place.cameraId).orderBy('media_sequence').execute();

  it('is copied when its file is closed, and the own copy goes when its time is over', async () => {
    const sut = copies();
    await sut.round();
    expect([await inBucket(), await isOnRecord(), await isHere()]).toEqual([original, true, true]);
    clock.advance(KEEP_MS - MINUTE);
    await sut.round();
    expect(await isHere()).toBe(true);
    clock.advance(2 * MINUTE);
    await sut.round();
    expect([await inBucket(), await isOnRecord(), await isHere()]).toEqual([original, true, false]);
    expect(sut.counts).toEqual({ uploaded: 1, failed: 0, mismatched: 0 });
  });

  it('is not copied while its file may still be written to', async () => {
    await utimes(join(media, file), new Date(), new Date());
    const sut = copies();
    await sut.round();
    expect([await isOnRecord(), await isHere()]).toEqual([false, true]);
    // The next file of the run closes it.
    await writeFile(join(media, dirname(file), '1.m4s'), 'begun');
    await sut.round();
    expect(await isOnRecord()).toBe(true);
  });

  describe('without the copies of this machine', () => {
    beforeEach(async () => {
      await copies().round();
      await rm(media, { recursive: true });
      await mkdir(media);
    });

    it('plays, each byte as it was recorded', async () => {
      const range = { from: new Date(startsAt).toISOString(), to: new Date(startsAt + 12_000).toISOString() };
      const list = await api.guest.get(`/hls/${place.cameraId}/archive.m3u8`).query(range).expect(200);
      const uris = list.text.split('\n').filter((line) => line.endsWith('.m4s'));
      expect(uris).toHaveLength(6);
      const bodies: Buffer[] = [];
      for (const uri of uris) bodies.push(await fetched(uri));
      expect(Buffer.concat(bodies).equals(original)).toBe(true);
      expect(await fetched(uris[1] ?? '', 'bytes=8-15')).toEqual(bodies[1]?.subarray(8, 16));
      await api.guest.head(`/hls/${place.cameraId}/${uris[0]}`).expect(200).expect('Content-Length', String(bodies[0]?.length));
    });

    it('gives clips', async () => {
      const services = await incidentServices(api.db);
      const folder = join(api.config.dataDirectory, 'clips');
      const sut = new ClipService({
        record: new ClipRecord(api.db, services.clock, { kick: () => undefined } as unknown as OutboxRelay),
        index: new FootageIndex(api.db),
        cutter: new ClipCutter({ ffmpeg: 'ffmpeg', setpriv: undefined }),
        store: new DiskFileStore(folder),
        folders: new WorkFolders(join(folder, 'work')),
        clock: services.clock,
        logger: silent,
        recorded: api.app.get(RecordedBytes, { strict: false }),
      });
      const observer = await newActor(api.db, 'observer');
      const iso = (seconds: number): string => new Date(startsAt + seconds * 1_000).toISOString();
      // Flagged while it was recorded, cut after that.
      services.clock.advance(startsAt + 5 * MINUTE - Date.now());
      const flag = newFlag(place.cameraId, { at: iso(5), from: iso(3), to: iso(7) }, services.clock.nowMs());
      const { id } = await services.flags.flag(observer, flag);
      await sut.cut(id, { isLast: true });
      expect((await services.details.get(observer, id)).clip).toMatchObject({ state: 'ready', gapSeconds: 0 });
      expect(await probe(join(folder, 'incidents', id, 'clip.mp4'))).toMatchObject({ frames: 150, jumps: [] });
    });

    it('is checked by fsck', async () => {
      expect(await check()).toMatchObject({ clean: true, counts: { segments: 6, bytes: original.length } });
      const path = s3.pathOf(`footage/${file}`);
      const altered = Buffer.from(original);
      altered.writeUInt8(altered.readUInt8(100) ^ 1, 100);
      await writeFile(path, altered);
      expect((await check()).findings).toMatchObject([{ kind: 'altered', file }]);
      await rm(path);
      expect((await check()).findings.map(({ kind }) => kind)).toEqual(Array.from({ length: 6 }, () => 'missing-file'));
    });

    it('is deleted by retention, with tombstones, in the bucket as well', async () => {
      const before = await rows();
      expect(await cleaner().clean()).toBe(0);
      clock.advance(366 * DAY);
      expect(await cleaner().clean()).toBe(1);
      const after = await rows();
      expect(after.map((row) => ({ ...row, deleted_at: null }))).toEqual(before.map((row) => ({ ...row, chunk: null })));
      await copies().round();
      expect([await inBucket(), await isOnRecord()]).toEqual([undefined, false]);
      expect(await new StoredChunks(api.db).doomed(10)).toEqual([]);
      expect(await check()).toMatchObject({ clean: true, counts: { deleted: 6 } });
    });

    it('stays while a hold covers it', async () => {
      const range = { from_at: new Date(startsAt), to_at: new Date(startsAt + 1_000) };
      const id = crypto.randomUUID();
      await api.db
        .insertInto('holds')
        .values({ id, camera_id: place.cameraId, ...range, reason: 'test', incident_id: null })
        .execute();
      clock.advance(366 * DAY);
      expect(await cleaner().clean()).toBe(0);
      await copies().round();
      expect(await inBucket()).toEqual(original);
    });

    it('cannot be had while the bucket is away, and is not said to be gone', async () => {
      await s3.away();
      try {
        const { status, body } = await api.guest.get(`/hls/${place.cameraId}/rec/100.m4s`);
        expect([status, body.code]).toEqual([503, 'service.unavailable']);
      } finally {
        await s3.back();
      }
      await api.guest.get(`/hls/${place.cameraId}/rec/100.m4s`).expect(200);
    });

    async function fetched(uri: string, range?: string): Promise<Buffer> {
      const asked = api.guest.get(`/hls/${place.cameraId}/${uri}`);
      if (range !== undefined) void asked.set('Range', range);
      const { body, status } = await asked.buffer(true).parse(asBytes);
      expect(status).toBe(range === undefined ? 200 : 206);
      return body as Buffer;
    }
  });

  it('is copied later when the bucket is away for a while', async () => {
    const sut = copies();
    await s3.away();
    try {
      await sut.round();
      clock.advance(DAY);
      await sut.round();
      expect([await isHere(), await isOnRecord(), sut.waitingFiles]).toEqual([true, false, 1]);
      expect(sut.counts).toEqual({ uploaded: 0, failed: 2, mismatched: 0 });
    } finally {
      await s3.back();
    }
    await sut.round();
    expect([await inBucket(), await isOnRecord(), sut.waitingFiles]).toEqual([original, true, 0]);
  });

  it.each<[string, (store: ChunkStore) => ChunkStore]>([
    ['before the file is sent', (real) => breaking(real, 'put', 'before')],
    ['after the file is sent', (real) => breaking(real, 'put', 'after')],
    ['after the copy was verified', (real) => breaking(real, 'verify', 'after')],
  ])('is copied by the next packager when one ends %s', async (_name, through) => {
    await copies(through).round();
    expect([await isHere(), await isOnRecord()]).toEqual([true, false]);
    await copies().round();
    expect([await inBucket(), await isOnRecord(), (await stat(join(media, file))).size]).toEqual([
      original,
      true,
      original.length,
    ]);
  });

  it('whose copy is not what was sent is never believed to be there', async () => {
    const wrong = Buffer.from(original);
    wrong.writeUInt8(wrong.readUInt8(7) ^ 1, 7);
    const sut = copies((real) => {
      const corrupting = Object.create(real) as ChunkStore;
      corrupting.put = async (name, path, facts) => {
        await real.put(name, path, facts);
        await writeFile(s3.pathOf(`footage/${name}`), wrong);
      };
      return corrupting;
    });
    await sut.round();
    clock.advance(DAY);
    await sut.round();
    expect([await isHere(), await isOnRecord(), sut.waitingFiles]).toEqual([true, false, 1]);
    expect(sut.counts).toEqual({ uploaded: 0, failed: 0, mismatched: 2 });
    await copies().round();
    expect([await inBucket(), await isOnRecord()]).toEqual([original, true]);
  });

  it('that is not what was recorded any more is not copied', async () => {
    const wrong = Buffer.from(original);
    wrong.writeUInt8(wrong.readUInt8(7) ^ 1, 7);
    await writeFile(join(media, file), wrong);
    await utimes(join(media, file), new Date(startsAt), new Date(startsAt));
    const sut = copies();
    await sut.round();
    expect([await inBucket(), await isOnRecord(), sut.counts.mismatched]).toEqual([undefined, false, 1]);
  });

  it('deleted while it was copied leaves nothing behind', async () => {
    const sut = copies((real) => {
      const slow = Object.create(real) as ChunkStore;
      slow.verify = async (name, facts) => {
        await new RetentionRepository(api.db).bury([file], clock.now());
        return await real.verify(name, facts);
      };
      return slow;
    });
    await sut.round();
    expect([await inBucket(), await isOnRecord()]).toEqual([undefined, false]);
  });

  it('leaves a disk that is short at once, without being deleted', async () => {
    const sut = copies();
    await sut.round();
    disk.usedBytes = 950;
    expect(await cleaner().clean()).toBe(1);
    expect([await isHere(), (await rows()).every((row) => fileOf(row) === file)]).toEqual([false, true]);
    await check().then((report) => expect(report.clean).toBe(true));
  });

  it('is known by the hash of its file', async () => {
    await copies().round();
    const row = await api.db.selectFrom('stored_chunks').selectAll().where('file', '=', file).executeTakeFirstOrThrow();
    expect(row.sha256.toString('hex')).toBe(createHash('sha256').update(original).digest('hex'));
  });
});

/** The process ends at a call: nothing after it happens. */
function breaking(real: ChunkStore, call: 'put' | 'verify', when: 'before' | 'after'): ChunkStore {
  const broken = Object.create(real) as ChunkStore;
  const ended = async <T>(work: () => Promise<T>): Promise<never> => {
    if (when === 'after') await work();
    throw new Error('the process ended');
  };
  if (call === 'put') broken.put = (name, path, facts) => ended(() => real.put(name, path, facts));
  else broken.verify = (name, facts) => ended(() => real.verify(name, facts));
  return broken;
}

/** Superagent names the type of what it gives a parser after its answers; it is the incoming stream. */
function asBytes(answer: unknown, done: (error: Error | null, body: Buffer) => void): void {
  const response = answer as NodeJS.ReadableStream;
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}
