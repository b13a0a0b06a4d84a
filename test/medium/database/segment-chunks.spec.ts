import { randomBytes, randomUUID } from 'node:crypto';
import { Migrator, sql } from 'kysely';
import { createDatabase, type Db, migrate, migrations } from '@app/database';
import { fileOf } from '@app/storage';
import { packOffsets } from '@app/streams';
import { startPostgres, type TestPostgres } from '@app/testing';

/** Rows of the index from before their files were numbers. */
describe('an index of before', () => {
  const [cameraId, runId, otherRun] = [randomUUID(), randomUUID(), randomUUID()];
  const hash = randomBytes(32);
  let postgres: TestPostgres;
  let db: Db;

  beforeEach(async () => {
    postgres = await startPostgres();
    db = createDatabase(postgres.url, { maxConnections: 2, onIdleError: () => undefined });
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
    const { error } = await migrator.migrateTo('0006-scrub-sheets');
    expect(error).toBeUndefined();
    const ids = [randomUUID(), randomUUID(), randomUUID()].map((id) => sql`${id}::uuid`);
    const [election, region, station] = ids;
    await sql`with e as (insert into elections values (${election}, 'E', now(), now() + interval '1 hour', now() + interval '2 hours') returning id),
      r as (insert into regions values (${region}, ${election}, null, 'R') returning id),
      s as (insert into stations (id, election_id, region_id, code, name, timezone, search_text)
        values (${station}, ${election}, ${region}, '1', 'S', 'UTC', '') returning id),
      c as (insert into cameras (id, station_id, name, position, enabled, source_kind, source_display, has_credentials, source_cipher)
        values (${cameraId}, ${station}, 'C', 1, false, 'rtsp', '', false, '') returning id)
      insert into runs (id, camera_id, generation, discontinuity_sequence, started_at, init_segment, codecs, width, height)
      select id, ${cameraId}, 1, 0, now(), '', 'avc1', 1, 1 from unnest(${[runId, otherRun]}::uuid[]) as id`.execute(db);
  }, 60_000);
  afterEach(async () => {
    await db.destroy();
    await postgres.stop();
  });

  const add = (sequence: number, file: string | null, run: string | null = runId) =>
    sql`
    insert into segments (camera_id, media_sequence, generation, kind, run_id, discontinuity_sequence, starts_at, duration_ticks, independent,
      gap_cause, file, byte_offset, byte_length, sha256, media_time, monotonic_ms, key_frames, deleted_at)
    values (${cameraId}, ${sequence}, 3, ${run === null ? 'gap' : 'media'}, ${run}, 2, '2026-11-22T09:00:00.123Z', 180000, ${run !== null},
      ${run === null ? 'connection-lost' : null}, ${file}, ${run && sequence * 100}, ${run && 100}, ${run && hash}, ${run && 9_000_000_000},
      ${run && 12_345}, ${run && [0, 50]}, ${run !== null && file === null ? new Date('2026-11-22T10:00:00Z') : null})`.execute(
      db,
    );

  it('keeps what its rows say, and whose bytes they name', async () => {
    await add(0, `${cameraId}/${runId}/0.m4s`);
    await add(1, null, null);
    await add(2, null);
    await add(3, `${cameraId}/${otherRun}/1234.m4s`, otherRun);
    await migrate(db);
    const rows = await db.selectFrom('segments').selectAll().orderBy('media_sequence').execute();
    expect(rows.map(fileOf)).toEqual([`${cameraId}/${runId}/0.m4s`, null, null, `${cameraId}/${otherRun}/1234.m4s`]);
    expect(rows.map((row) => [row.kind, row.run_id, row.gap_cause, row.deleted_at?.toISOString()])).toEqual([
      ['media', runId, null, undefined],
      ['gap', null, 'connection-lost', undefined],
      ['media', runId, null, '2026-11-22T10:00:00.000Z'],
      ['media', otherRun, null, undefined],
    ]);
    expect(rows[3]).toMatchObject({
      ...{ camera_id: cameraId, media_sequence: 3, generation: 3, discontinuity_sequence: 2, duration_ticks: 180_000 },
      ...{ starts_at: new Date('2026-11-22T09:00:00.123Z'), independent: true, byte_offset: 300, byte_length: 100, sha256: hash },
      ...{ media_time: 9_000_000_000, monotonic_ms: 12_345, key_frames: packOffsets([0, 50]) },
    });
    await expect(db.insertInto('segments').values(rows[0]!).execute()).rejects.toThrow('segments_sequence');
  });

  it.each([
    ['is in the folder of another run', `${cameraId}/${otherRun}/0.m4s`],
    ['has another form', `${cameraId}/${runId}/00.m4s`],
  ])('stays as it is when a file %s', async (_, file) => {
    await add(0, `${cameraId}/${runId}/0.m4s`);
    await add(1, file);
    await expect(migrate(db)).rejects.toMatchObject({
      message: expect.stringContaining('0007-segment-chunks'),
      cause: expect.objectContaining({
        message: expect.stringContaining(`segment 1 of camera ${cameraId} names the file ${file}`),
      }),
    });
    const { rows } = await sql<{ file: string }>`select file from segments order by media_sequence`.execute(db);
    expect(rows.map((row) => row.file)).toEqual([`${cameraId}/${runId}/0.m4s`, file]);
  });
});
