import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { Db, Row } from '@app/database';
import { HOLD_AFTER_MS, HOLD_BEFORE_MS } from '@app/incidents';
import { type DiskFigures, DiskSpace, fileExists } from '@app/platform';
import {
  ChunkCleaner,
  DiskChunkStorage,
  DiskWatch,
  MediaFiles,
  OrphanSweep,
  RecordingRepository,
  RetentionRepository,
} from '@app/streams';
import type { DeletionCause } from '../../../libs/streams/src/retention/choose-deletions';
import { fileOf } from '@app/storage';
import { createTestDatabase } from '@app/testing';
import { restorePast } from '../../../libs/streams/src/recording/stream-history';
import { Footage, record as recordMedia } from '../incidents/footage';
import { incidentServices, MovableClock, newActor, newFlag, newPlace, silent } from '../incidents/fixtures';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SEGMENT_MS = 20_000;
const SEGMENT_BYTES = 100;
const CHUNK_BYTES = 3 * SEGMENT_BYTES;
const THRESHOLDS = { filling: 0.8, short: 0.9, critical: 0.95, full: 0.98 };

/** A disk as full as a test says. */
class TestDisk extends DiskSpace {
  figures: DiskFigures = { usedBytes: 0, freeBytes: 1000 };

  read(): Promise<DiskFigures> {
    return Promise.resolve(this.figures);
  }
}

describe('footage on disk', () => {
  let db: Db;
  let stop: () => Promise<void>;
  let directory: string;
  let index: RetentionRepository;
  let files: MediaFiles;
  let clock: MovableClock;
  let disk: TestDisk;
  let cleaner: ChunkCleaner;
  let sweep: OrphanSweep;
  let cameraId: string;
  let electionId: string;

  beforeAll(async () => {
    ({ db, stop } = await createTestDatabase());
    index = new RetentionRepository(db);
  });
  afterAll(() => stop());

  beforeEach(async () => {
    ({ cameraId, electionId } = await newPlace(db));
    directory = await mkdtemp(join(tmpdir(), 'pollglass-retention-'));
    files = new MediaFiles(directory);
    startAnew();
  });
  afterEach(async () => {
    await sql`delete from holds`.execute(db);
    await sql`delete from segments`.execute(db);
    await sql`delete from runs`.execute(db);
    await sql`update elections set retention_days = 365`.execute(db);
    await rm(directory, { recursive: true, force: true });
  });

  /** As after a restart of the packager. */
  function startAnew(): void {
    clock = new MovableClock();
    disk = new TestDisk();
    cleaner = new ChunkCleaner(files, index, new DiskWatch(disk, directory, THRESHOLDS, silent), clock, silent);
    sweep = new OrphanSweep(files, index, cleaner, clock, silent);
  }

  async function addRun(atMs: number, camera = cameraId): Promise<string> {
    const id = randomUUID();
    await db
      .insertInto('runs')
      .values({
        id,
        camera_id: camera,
        generation: 1,
        discontinuity_sequence: 0,
        started_at: new Date(atMs),
        init_segment: Buffer.alloc(0),
        codecs: 'avc1',
        width: 1,
        height: 1,
        ended_at: null,
        end_reason: null,
        end_detail: null,
      })
      .execute();
    return id;
  }

  /** One chunk file a minute, three segments each. @returns the files, oldest first */
  async function record(fromMs: number, minutes: number, camera = cameraId): Promise<string[]> {
    const runId = await addRun(fromMs, camera);
    const written: string[] = [];
    for (let minute = 0; minute < minutes; minute += 1) {
      const file = `${camera}/${runId}/${minute}.m4s`;
      const segments = [0, 1, 2].map(() => randomBytes(SEGMENT_BYTES));
      const startsAtMs = fromMs + minute * MINUTE;
      await db
        .insertInto('segments')
        .values(
          segments.map((bytes, nth) => ({
            camera_id: camera,
            media_sequence: Math.round(startsAtMs / SEGMENT_MS) + nth,
            generation: 1,
            kind: 'media' as const,
            run_id: runId,
            discontinuity_sequence: 0,
            starts_at: new Date(startsAtMs + nth * SEGMENT_MS),
            duration_ticks: SEGMENT_MS * 90,
            independent: true,
            gap_cause: null,
            chunk: minute,
            byte_offset: nth * SEGMENT_BYTES,
            byte_length: SEGMENT_BYTES,
            sha256: createHash('sha256').update(bytes).digest(),
          })),
        )
        .execute();
      await write(file, Buffer.concat(segments), startsAtMs + MINUTE);
      written.push(file);
    }
    return written;
  }

  async function write(file: string, bytes: Buffer, atMs: number): Promise<void> {
    await mkdir(dirname(join(directory, file)), { recursive: true });
    await writeFile(join(directory, file), bytes);
    await utimes(join(directory, file), new Date(atMs), new Date(atMs));
  }

  const hold = (fromMs: number, toMs: number, other: Partial<Row<'holds'>> = {}) =>
    db
      .insertInto('holds')
      .values({
        id: randomUUID(),
        camera_id: cameraId,
        from_at: new Date(fromMs),
        to_at: new Date(toMs),
        reason: 'test',
        incident_id: null,
        ...other,
      })
      .execute();
  const rowsOf = (camera = cameraId) =>
    db.selectFrom('segments').selectAll().where('camera_id', '=', camera).orderBy('media_sequence').execute();
  const there = async (all: readonly string[]): Promise<boolean[]> =>
    Promise.all(all.map((file) => fileExists(join(directory, file))));
  const left = async (all: readonly string[]): Promise<number[]> =>
    (await there(all)).flatMap((isThere, nth) => (isThere ? [nth] : []));

  /** Nothing in the index points to bytes that are gone. */
  async function expectNoRowWithoutFile(): Promise<void> {
    for (const row of await rowsOf())
      if (row.chunk !== null)
        expect((await stat(join(directory, fileOf(row)!))).size).toBeGreaterThanOrEqual(row.byte_offset! + row.byte_length!);
  }

  it('that was flagged survives the retention of everything around it; without the hold it is gone, with a tombstone', async () => {
    const services = await incidentServices(db);
    const nowMs = Date.now();
    const recorded = await record(nowMs - 30 * MINUTE, 60);
    const before = await rowsOf();
    const incident = await services.flags.flag(await newActor(db, 'observer'), newFlag(cameraId, {}, nowMs));
    clock.advance(364 * DAY);
    expect(await cleaner.clean()).toBe(0);
    clock.advance(2 * DAY);

    const held = { from: Date.parse(incident.from) - HOLD_BEFORE_MS, to: Date.parse(incident.to) + HOLD_AFTER_MS };
    const isHeld = (nth: number): boolean => {
      const startsAt = nowMs - 30 * MINUTE + nth * MINUTE;
      return startsAt < held.to && startsAt + MINUTE > held.from;
    };
    const kept = recorded.flatMap((_file, nth) => (isHeld(nth) ? [nth] : []));
    expect(kept.length).toBeGreaterThanOrEqual(16);
    expect(await cleaner.clean()).toBe(60 - kept.length);
    expect(await left(recorded)).toEqual(kept);
    await expectNoRowWithoutFile();

    await db.updateTable('holds').set({ released_at: clock.now() }).where('incident_id', '=', incident.id).execute();
    clock.advance(10 * MINUTE);
    expect(await cleaner.clean()).toBe(kept.length);
    expect(await left(recorded)).toEqual([]);
    const after = await rowsOf();
    expect(after.map((row) => ({ ...row, deleted_at: null }))).toEqual(before.map((row) => ({ ...row, chunk: null })));
    expect(after.every((row) => row.deleted_at !== null && row.sha256?.length === 32)).toBe(true);
  });

  it('is kept as long as its own election says', async () => {
    const other = await newPlace(db);
    await db.updateTable('elections').set({ retention_days: 2 }).where('id', '=', electionId).execute();
    const fromMs = Date.now() - 3 * DAY;
    const [short, long] = [await record(fromMs, 3), await record(fromMs, 3, other.cameraId)];
    expect(await cleaner.clean()).toBe(3);
    expect([await left(short), await left(long)]).toEqual([[], [0, 1, 2]]);
  });

  it.each([
    ['never ends', {}, 1],
    ['ends later', { expires_at: new Date(Date.now() + 400 * DAY) }, 1],
    ['has ended', { expires_at: new Date(Date.now() - 1) }, 0],
    ['was released', { released_at: new Date() }, 0],
  ])('is kept by a hold that %s: %j', async (_name, other, kept) => {
    const fromMs = Date.now() - 366 * DAY;
    const recorded = await record(fromMs, 1);
    await hold(fromMs + 50_000, fromMs + 51_000, other);
    await cleaner.clean();
    expect(await left(recorded)).toHaveLength(kept);
  });

  it('is kept by a hold that came after it was chosen', async () => {
    const fromMs = Date.now() - 366 * DAY;
    const recorded = await record(fromMs, 2);
    await hold(fromMs, fromMs + 1_000);
    expect(await index.bury(recorded, clock.now())).toEqual([recorded[1]]);
  });

  it('is not touched while a hold is being made', async () => {
    const fromMs = Date.now() - 366 * DAY;
    const recorded = await record(fromMs, 1);
    await db.transaction().execute(async (tx) => {
      const values = { id: randomUUID(), camera_id: cameraId, from_at: new Date(fromMs), to_at: new Date(fromMs + MINUTE) };
      await tx
        .insertInto('holds')
        .values({ ...values, reason: 'test', incident_id: null })
        .execute();
      await expect(cleaner.clean()).rejects.toMatchObject({ code: '55P03' });
    });
    startAnew();
    expect(await cleaner.clean()).toBe(0);
    expect(await left(recorded)).toEqual([0]);
  });

  it('goes oldest first when the disk is short, never of the live window, never held', async () => {
    const nowMs = Date.now();
    const recorded = await record(nowMs - 40 * MINUTE, 40);
    await hold(nowMs - 40 * MINUTE, nowMs - 38 * MINUTE);
    disk.figures = { usedBytes: 90_000 - 1, freeBytes: 10_001 };
    expect(await cleaner.clean()).toBe(0);
    disk.figures = { usedBytes: 90_000 + 4 * CHUNK_BYTES - 1, freeBytes: 10_000 - 4 * CHUNK_BYTES + 1 };
    expect(await cleaner.clean()).toBe(4);
    expect((await left(recorded)).slice(0, 4)).toEqual([0, 1, 6, 7]);
    disk.figures = { usedBytes: 100_000, freeBytes: 0 };
    await cleaner.clean();
    const kept = await left(recorded);
    expect(kept.slice(0, 2)).toEqual([0, 1]);
    expect(kept.slice(2)).toEqual(Array.from({ length: kept.length - 2 }, (_, nth) => 40 - (kept.length - 2) + nth));
    expect(kept.length - 2).toBeGreaterThanOrEqual(20);
    expect(kept.length - 2).toBeLessThanOrEqual(21);
    await expectNoRowWithoutFile();
  });

  it('of another machine is not said to be gone', async () => {
    const recorded = await record(Date.now() - 366 * DAY, 2);
    await rm(join(directory, recorded[0]!));
    expect(await cleaner.clean()).toBe(1);
    expect((await rowsOf()).map(fileOf)).toEqual([recorded[0], recorded[0], recorded[0], null, null, null]);
  });

  it('with bytes that are not reported yet is waited for, for a day', async () => {
    const recorded = await record(Date.now() - 60 * MINUTE, 1);
    await write(recorded[0]!, Buffer.alloc(CHUNK_BYTES + 1), Date.now() - 60 * MINUTE);
    disk.figures = { usedBytes: 1000, freeBytes: 0 };
    expect(await cleaner.clean()).toBe(0);
    clock.advance(DAY);
    expect(await cleaner.clean()).toBe(1);
  });

  it('left over by a crash between rows and file is found and deleted later', async () => {
    const recorded = await record(Date.now() - 366 * DAY, 2);
    await index.bury(recorded.slice(0, 1), clock.now());
    startAnew();
    expect(await cleaner.clean()).toBe(1);
    expect(await left(recorded)).toEqual([0]);
    expect(await sweep.step()).toBe(0);
    expect(await sweep.step()).toBe(0);
    clock.advance(60 * MINUTE);
    expect(await sweep.step()).toBe(1);
    expect(await left(recorded)).toEqual([]);
    clock.advance(60 * MINUTE);
    await sweep.step();
    expect(await fileExists(join(directory, dirname(recorded[0]!)))).toBe(false);
  });

  it('without rows is left alone for a day', async () => {
    const file = `${cameraId}/${randomUUID()}/0.m4s`;
    await write(file, Buffer.alloc(10), Date.now() - 20 * 60 * MINUTE);
    for (let hour = 0; hour < 4; hour += 1) {
      expect(await sweep.step()).toBe(0);
      clock.advance(60 * MINUTE);
    }
    expect(await sweep.step()).toBe(0);
    clock.advance(60 * MINUTE);
    expect(await sweep.step()).toBe(1);
  });

  it('whose first row was lost is found by the sweep, and kept while it is held', async () => {
    const fromMs = Date.now() - 366 * DAY;
    const recorded = await record(fromMs, 2);
    await db.deleteFrom('segments').where('byte_offset', '=', 0).execute();
    await hold(fromMs + MINUTE, fromMs + 2 * MINUTE);
    expect(await cleaner.clean()).toBe(0);
    expect(await sweep.step()).toBe(1);
    expect(await left(recorded)).toEqual([1]);
  });

  it('that is left of a run whose end was deleted is not taken for unreported footage', async () => {
    const startsAt = Date.now() - 366 * DAY;
    await new Footage(db, cameraId, directory).addRun(await recordMedia({ seconds: 6 }), startsAt);
    const repository = new RecordingRepository(db);
    const [newest] = (await repository.past(cameraId, clock.now())).segments;
    await db
      .updateTable('segments')
      .set({ chunk: null, deleted_at: clock.now() })
      .where('media_sequence', '=', newest!.media_sequence)
      .execute();
    const newestRun = await repository.newestRun(cameraId);
    const camera = {
      cameraId,
      targetDuration: 2,
      mediaDirectory: directory,
      storage: new DiskChunkStorage(directory),
      nowMs: clock.nowMs(),
      newestRun,
      startedAtMs: 0,
    };
    const restored = await restorePast(await repository.past(cameraId, clock.now()), camera);
    expect(restored?.unreported).toMatchObject([{ mediaSequence: newest!.media_sequence + 1, gapCause: 'packager-lost' }]);
  });

  it('counts once for each hold that covers it', async () => {
    const fromMs = Date.now() - DAY;
    await record(fromMs, 3);
    await hold(fromMs, fromMs + MINUTE);
    await hold(fromMs + 30_000, fromMs + MINUTE + 1);
    await hold(fromMs, fromMs + 3 * MINUTE, { released_at: new Date() });
    expect(await index.heldBytes(clock.now())).toBe(4 * SEGMENT_BYTES);
  });

  it('is found, old or new, without reading all there is in between', async () => {
    const nowMs = Math.floor(Date.now() / 1000) * 1000;
    const runId = await addRun(nowMs);
    await sql`insert into segments (camera_id, media_sequence, generation, kind, discontinuity_sequence, starts_at, duration_ticks,
        independent, run_id, chunk, byte_offset, byte_length)
      select ${cameraId}, n, 1, 'media', 0, ${new Date(nowMs)}::timestamptz - make_interval(secs => (100000 - n) * 200), 18000000, true,
        ${runId}, n / 30, n % 30 * 100, 100 from generate_series(1, 100000) as n`.execute(db);
    await sql`analyze segments`.execute(db);
    const since = new Date(nowMs - 600_000);
    const past = (on: Db) => new RecordingRepository(on).past(cameraId, since);
    expect((await past(db)).segments.map((row) => row.media_sequence)).toEqual([99_997, 99_998, 99_999, 100_000]);
    const oldest = (cause: DeletionCause, on: Db) =>
      new RetentionRepository(on).oldest(cause, { before: clock.now(), after: undefined, limit: 20 });
    const some = (await oldest('disk-short', db)).map(({ file }) => file);
    expect([some.length, await oldest('past-retention', db)]).toEqual([20, []]);
    expect(await rowsRead(db, past)).toBeLessThan(50);
    expect(await rowsRead(db, (on) => oldest('disk-short', on))).toBeLessThan(50);
    expect(await rowsRead(db, (on) => oldest('past-retention', on))).toBeLessThan(50);
    expect(await rowsRead(db, (on) => new RetentionRepository(on).chunks(some, clock.now()))).toBeLessThan(700);
    expect(await rowsRead(db, (on) => new RetentionRepository(on).unlisted(some))).toBeLessThan(700);
    expect(await rowsRead(db, (on) => sql`select max(byte_length) from segments`.execute(on))).toBeGreaterThanOrEqual(100_000);
  });
});

/** Rows of `segments` that the work looked at. The server counts them for each transaction. */
async function rowsRead(db: Db, work: (on: Db) => Promise<unknown>): Promise<number> {
  return await db.transaction().execute(async (tx) => {
    const count = async (): Promise<number> => {
      const { rows } = await sql<{ n: number }>`select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as n
        from pg_stat_xact_user_tables where relname = 'segments'`.execute(tx);
      return rows[0]?.n ?? 0;
    };
    const before = await count();
    await work(tx);
    return (await count()) - before;
  });
}
