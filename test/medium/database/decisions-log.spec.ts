import { randomUUID } from 'node:crypto';
import { Migrator, sql } from 'kysely';
import { createDatabase, type Db, migrate, migrations } from '@app/database';
import { startPostgres, type TestPostgres } from '@app/testing';

/** Decisions from before they kept what they were made on. */
describe('decisions of before', () => {
  const [incident, region, station] = [randomUUID(), randomUUID(), randomUUID()];
  const due = new Date('2026-10-25T10:00:00Z');
  let postgres: TestPostgres;
  let db: Db;

  beforeEach(async () => {
    postgres = await startPostgres();
    db = createDatabase(postgres.url, { maxConnections: 2, onIdleError: () => undefined });
    const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
    const { error } = await migrator.migrateTo('0013-accreditation');
    expect(error).toBeUndefined();
    const [election, camera] = [randomUUID(), randomUUID()];
    await sql`insert into elections (id, name, opens_at, closes_at, count_ends_at)
      values (${election}, 'E', now(), now() + interval '1 hour', now() + interval '2 hours')`.execute(db);
    await sql`insert into regions values (${region}, ${election}, null, 'R')`.execute(db);
    await sql`insert into stations (id, election_id, region_id, code, name, timezone, search_text)
      values (${station}, ${election}, ${region}, '1', 'S', 'UTC', '')`.execute(db);
    await sql`insert into cameras (id, station_id, name, position, enabled, source_kind, source_display, has_credentials, source_cipher)
      values (${camera}, ${station}, 'C', 1, false, 'rtsp', '', false, '')`.execute(db);
    await sql`insert into incidents (id, election_id, region_id, station_id, camera_id, state, code, severity, reported_severity, at, from_at,
        to_at, pressed_at, delay_ms, received_at, version, round, decide_due)
      values (${incident}, ${election}, ${region}, ${station}, ${camera}, 'decided', 'CAM-01', 'S1', 'S1', now(), now(), now(), now(), 0, now(),
        1, 2, ${due})`.execute(db);
    for (const round of [1, 2])
      await sql`insert into incident_decisions (incident_id, round, made_by, outcome, reason_code, at)
        values (${incident}, ${round}, 'two', 'confirmed', 'seen', now())`.execute(db);
  }, 60_000);
  afterEach(async () => {
    await db.destroy();
    await postgres.stop();
  });

  it('get what their incident says, the clock for the last round only, and stay as they are', async () => {
    await migrate(db);
    const rows = await db.selectFrom('incident_decisions').selectAll().orderBy('round').execute();
    const kept = { code: 'CAM-01', severity: 'S1', region_id: region, station_id: station, sampled: null };
    expect(rows).toMatchObject([
      { ...kept, round: 1, due_at: null },
      { ...kept, round: 2, due_at: due },
    ]);
    await expect(sql`update incident_decisions set code = 'VOT-02'`.execute(db)).rejects.toThrow('append-only');
  });
});
