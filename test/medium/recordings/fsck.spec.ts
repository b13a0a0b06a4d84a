import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, open, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Db } from '@app/database';
import { CameraUnknown, fsck, type FsckOptions } from '@app/recordings';
import { createTestDatabase } from '@app/testing';
import { newPlace } from '../incidents/fixtures';
import { Footage, record } from '../incidents/footage';

/** The election of `newPlace` is on from here. */
const ZERO = Date.UTC(2026, 9, 25, 6);
const iso = (seconds: number): string => new Date(ZERO + seconds * 1000).toISOString();

let db: Db;
let stop: () => Promise<void>;
let media: string;
let twelveSeconds: Buffer;

beforeAll(async () => {
  ({ db, stop } = await createTestDatabase());
  media = await mkdtemp(join(tmpdir(), 'pollglass-fsck-'));
  // Fragments as short as a packager's ffmpeg makes them.
  twelveSeconds = await record({ seconds: 12, fragmentSeconds: 0.1 });
});
afterAll(async () => {
  await rm(media, { recursive: true, force: true });
  await stop();
});

/** Six segments of two seconds, a gap of four, six segments; the runs are over. Media sequences from 100. */
async function scene() {
  const { cameraId } = await newPlace(db);
  const footage = new Footage(db, cameraId, media);
  const file = await footage.addRun(twelveSeconds, ZERO, { hashed: true });
  await footage.addGap(ZERO + 12_000, 4);
  await footage.addRun(twelveSeconds, ZERO + 16_000, { hashed: true });
  await db.updateTable('runs').set({ ended_at: new Date() }).where('camera_id', '=', cameraId).execute();
  await db.insertInto('camera_streams').values({ camera_id: cameraId, target_duration: 2 }).execute();
  const row = (media_sequence: number) =>
    db
      .selectFrom('segments')
      .selectAll()
      .where('camera_id', '=', cameraId)
      .where('media_sequence', '=', media_sequence)
      .executeTakeFirstOrThrow();
  const change = (media_sequence: number, set: { starts_at?: Date; chunk?: number; deleted_at?: Date; sha256?: null }) =>
    db
      .updateTable('segments')
      .set(set)
      .where('camera_id', '=', cameraId)
      .where('media_sequence', '=', media_sequence)
      .executeTakeFirstOrThrow();
  const lose = (...sequences: number[]) =>
    db.deleteFrom('segments').where('camera_id', '=', cameraId).where('media_sequence', 'in', sequences).execute();
  return { cameraId, file, path: join(media, file), row, change, lose, check: checker(cameraId) };
}

const checker =
  (cameraId: string | undefined) =>
  (other: Partial<FsckOptions> = {}) =>
    fsck({
      db,
      mediaDirectory: media,
      cameraId,
      repairIndex: false,
      nowMs: () => ZERO + 86_400_000,
      onProgress: () => undefined,
      ...other,
    });

async function flip(path: string, at: number): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, at);
    await handle.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, at);
  } finally {
    await handle.close();
  }
}

/** Somebody records the camera. */
async function lease(cameraId: string): Promise<void> {
  const expires_at = new Date(Date.now() + 3_600_000);
  await db
    .insertInto('camera_leases')
    .values({ camera_id: cameraId, generation: 1, packager_id: randomUUID(), expires_at })
    .execute();
}

describe('fsck of a recording', () => {
  it('finds nothing in a whole one, and tells how it gets on', async () => {
    const { check, path } = await scene();
    const progress: string[] = [];
    const report = await check({ onProgress: ({ done, total }) => progress.push(`${done}/${total}`) });
    expect(report).toMatchObject({ clean: true, findings: [] });
    expect(report.counts).toMatchObject({ cameras: 1, segments: 12, gaps: 1, files: 2, unhashed: 0, openTails: 0 });
    expect(report.counts.bytes).toBeGreaterThan((await stat(path)).size);
    expect([progress.length, progress.at(-1)]).toEqual([13, '13/13']);
  });

  it('finds a bit that was flipped', async () => {
    const { check, path, row, file, cameraId } = await scene();
    const { byte_offset, byte_length } = await row(102);
    await flip(path, (byte_offset ?? 0) + (byte_length ?? 0) - 1);
    expect((await check()).findings).toEqual([
      { kind: 'altered', cameraId, mediaSequence: 102, file, message: expect.stringContaining('SHA-256') },
    ]);
  });

  it('cannot find it in a segment without a hash, but counts that', async () => {
    const { check, path, change } = await scene();
    await change(100, { sha256: null });
    await flip(path, 0);
    expect(await check()).toMatchObject({ clean: true, counts: { unhashed: 1 } });
  });

  it('finds a file that was cut off, and one that is gone', async () => {
    const { check, path, row } = await scene();
    await truncate(path, ((await row(104)).byte_offset ?? 0) + 1);
    expect((await check()).findings).toMatchObject([
      { kind: 'short-file', mediaSequence: 104 },
      { kind: 'short-file', mediaSequence: 105 },
    ]);
    await rm(path);
    const gone = (await check()).findings.map(({ kind, mediaSequence }) => `${kind} ${mediaSequence}`);
    expect(gone).toEqual([100, 101, 102, 103, 104, 105].map((sequence) => `missing-file ${sequence}`));
  });

  it('finds bytes that no row names: at the end, and in files of their own', async () => {
    const { check, path, file, cameraId } = await scene();
    const { size } = await stat(path);
    await appendFile(path, 'more');
    const strange = `${cameraId}/elsewhere/0.m4s`;
    await mkdir(dirname(join(media, strange)), { recursive: true });
    await writeFile(join(media, strange), 'bytes');
    const { findings } = await check();
    expect(findings.map((finding) => [finding.kind, finding.file, finding.message])).toEqual(
      expect.arrayContaining([
        ['orphan', file, `No row names bytes ${size} to ${size + 4}.`],
        ['orphan', strange, 'No row names bytes 0 to 5.'],
      ]),
    );
    expect(findings).toHaveLength(2);
  });

  it('takes bytes at the end of an open run for a segment that is being written', async () => {
    const { check, path, cameraId } = await scene();
    await db.updateTable('runs').set({ ended_at: null }).where('camera_id', '=', cameraId).execute();
    await appendFile(path, 'more');
    expect(await check()).toMatchObject({ clean: true, counts: { openTails: 1 } });
  });

  it('finds two rows with the same bytes', async () => {
    const { check, cameraId, row } = await scene();
    const { byte_offset, byte_length, sha256 } = await row(100);
    await db
      .updateTable('segments')
      .set({ byte_offset, byte_length, sha256 })
      .where('camera_id', '=', cameraId)
      .where('media_sequence', '=', 101)
      .execute();
    expect((await check()).findings.map(({ kind, mediaSequence }) => [kind, mediaSequence])).toEqual([
      ['shared-bytes', 101],
      ['orphan', undefined],
    ]);
  });

  it('wants no file of a tombstone', async () => {
    const { check, change, cameraId, path } = await scene();
    await change(103, { deleted_at: new Date() });
    expect((await check()).findings).toMatchObject([{ kind: 'deleted-with-file', mediaSequence: 103 }, { kind: 'orphan' }]);
    await db
      .updateTable('segments')
      .set({ chunk: null, deleted_at: new Date() })
      .where('camera_id', '=', cameraId)
      .where('media_sequence', '<', 106)
      .execute();
    await rm(path);
    expect(await check()).toMatchObject({ clean: true, counts: { deleted: 6 } });
  });

  it('finds time that nothing covers, time covered twice, and missing media sequences', async () => {
    const { check, lose, change } = await scene();
    await lose(106);
    expect((await check()).findings).toMatchObject([
      { kind: 'sequence-hole', mediaSequence: 107 },
      { kind: 'hole', from: iso(12), to: iso(16), mediaSequence: 107 },
    ]);
    await change(110, { starts_at: new Date(ZERO + 21_500) });
    expect((await check()).findings.filter(({ kind }) => kind === 'overlap')).toMatchObject([
      { mediaSequence: 110, from: iso(21.5), to: iso(22) },
    ]);
  });

  it('looks at a part of the time, and asks for all of it while the election is on', async () => {
    const { check, path, file } = await scene();
    const period = (from: number, to: number) => ({ period: { fromMs: ZERO + from * 1000, toMs: ZERO + to * 1000 } });
    expect(await check(period(3, 27))).toMatchObject({ clean: true, counts: { segments: 11, gaps: 1 } });
    expect(await check(period(-3_600, 28))).toMatchObject({ clean: true });
    expect((await check(period(20, 60))).findings).toMatchObject([{ kind: 'hole', from: iso(28), to: iso(60) }]);
    expect((await check(period(100, 160))).findings).toMatchObject([{ kind: 'hole', from: iso(100), to: iso(160) }]);
    expect((await check({ ...period(20, 60), nowMs: () => ZERO + 58_000 })).clean).toBe(true);
    await appendFile(path, 'more');
    expect((await check(period(3, 5))).findings).toMatchObject([{ kind: 'orphan', file }]);
    expect((await check(period(18, 20))).clean).toBe(true);
  });

  it('gives whole segments without a row theirs again, where their place is free', async () => {
    const { check, lose, row, cameraId } = await scene();
    const before = await Promise.all([102, 103, 105].map(row));
    await lose(102, 103, 105);
    expect((await check()).findings.map(({ kind }) => kind).sort()).toEqual([
      'hole',
      'hole',
      'orphan',
      'orphan',
      'sequence-hole',
      'sequence-hole',
    ]);
    const repaired = await check({ repairIndex: true });
    expect(repaired.findings).toEqual([]);
    expect(repaired.counts).toMatchObject({ repaired: 3, segments: 12 });
    expect(await Promise.all([102, 103, 105].map(row))).toEqual(before);
    // At the end of the sequence nobody may be writing.
    const last = await row(112);
    await lose(112);
    expect((await check({ repairIndex: true })).counts.repaired).toBe(1);
    expect(await row(112)).toEqual(last);
    expect(await check({ cameraId })).toMatchObject({ clean: true });
  });

  it('leaves what has no clear place, says why, and deletes nothing', async () => {
    const { check, path, lose, cameraId } = await scene();
    const { size } = await stat(path);
    await appendFile(path, 'not media');
    expect((await check({ repairIndex: true })).findings).toMatchObject([
      { kind: 'orphan', message: expect.stringMatching(/left without one: no whole segment is in them/) },
    ]);
    expect((await stat(path)).size).toBe(size + 9);
    await lose(112);
    await lease(cameraId);
    const owned = (await check({ repairIndex: true })).findings.map(({ message }) => message);
    expect(owned).toContainEqual(expect.stringMatching(/the camera is being recorded/));
  });

  it('cannot check a camera that is not there, or without its media folder', async () => {
    await expect(checker('0b6d1f1e-1c7b-4a4e-9c55-2f7f4a3c1d11')()).rejects.toThrow(CameraUnknown);
    const { check } = await scene();
    await expect(check({ mediaDirectory: join(media, 'away') })).rejects.toThrow('The media folder cannot be read');
  });

  it('ends when it is stopped', async () => {
    const { check } = await scene();
    const stopping = new AbortController();
    const checking = check({ signal: stopping.signal, onProgress: () => stopping.abort(new Error('stopped')) });
    await expect(checking).rejects.toThrow('stopped');
  });
});
