import { sql } from 'kysely';
import type { DecisionsQuery } from '@app/contracts';
import type { Db } from '@app/database';
import { DecisionsLog, seedIncidentCodes } from '@app/incidents';
import { createTestDatabase, rightsOf } from '@app/testing';
import { newActor, newPlace } from '../medium/incidents/fixtures';
import { RealClock, timePages } from './timed-pages';

const INCIDENTS = 100_000;
const STATIONS = 200;
const REVIEWERS = 20;

/** What a page of the decisions log costs among 100,000 decided incidents, by filter. The promise is 100 ms at the 95th percentile. */
async function main(): Promise<void> {
  const { db, stop } = await createTestDatabase();
  try {
    const { region, rare } = await fill(db);
    const reader = await newActor(db, 'auditor');
    const scope = { kind: 'region' as const, electionId: region.electionId, regionId: region.id, regionIds: [region.id] };
    const regional = { ...reader, ...rightsOf('auditor', scope) };
    const log = new DecisionsLog(db, new RealClock());
    const { nextCursor } = await log.list(reader, { limit: 200 });
    const cases: [string, Partial<DecisionsQuery>][] = [
      ['newest', {}],
      ['second page', { cursor: nextCursor ?? '' }],
      ['outcome', { outcome: 'inconclusive' }],
      ['a common code', { code: 'VOT-01' }],
      ['a rare code', { code: 'CAM-01' }],
      ['region', { region: region.id }],
      ['one who decides much', { decider: 'reviewer 3' }],
      ['one who decided once', { decider: rare }],
      ['overdue', { overdue: '1' }],
      ['overdue, of a code', { overdue: '1', code: 'CNT-02' }],
      ['sampled', { sampled: '1' }],
      ['nothing', { code: 'CAM-01', outcome: 'out_of_scope' }],
    ];
    await timePages(
      cases,
      async (query, round) => (await log.list(round % 2 ? regional : reader, { limit: 50, ...query })).items.length,
    );
  } finally {
    await stop();
  }
}

async function fill(db: Db): Promise<{ region: { id: string; electionId: string }; rare: string }> {
  await seedIncidentCodes(db);
  const top = await newPlace(db);
  const places = [top];
  for (let each = 1; each < STATIONS; each += 1) places.push(await newPlace(db, top));
  const { user } = await newActor(db, 'observer');
  const reviewers: string[] = [];
  for (let each = 0; each < REVIEWERS; each += 1) {
    const { user: reviewer } = await newActor(db, 'reviewer');
    await db
      .updateTable('users')
      .set({ name: `reviewer ${each}` })
      .where('id', '=', reviewer.id)
      .execute();
    reviewers.push(reviewer.id);
  }
  const rare = await newActor(db, 'reviewer');
  const ids = (pick: (place: (typeof places)[number]) => string) => sql`${places.map(pick)}::uuid[]`;
  await sql`
    insert into incidents (id, election_id, region_id, station_id, camera_id, state, code, severity, reported_severity, at, from_at, to_at,
      pressed_at, delay_ms, received_at, reporter_id, version, decide_due)
    select gen_random_uuid(), ${top.electionId}::uuid, (${ids((place) => place.regionId)})[1 + n % ${STATIONS}],
      (${ids((place) => place.stationId)})[1 + n % ${STATIONS}], (${ids((place) => place.cameraId)})[1 + n % ${STATIONS}], 'decided',
      case when n % 5000 = 0 then 'CAM-01' else (array['VOT-01', 'CNT-02', 'ENV-03', 'OPN-01'])[1 + n % 4] end, 'S' || (1 + n % 4),
      'S' || (1 + n % 4), now(), now(), now(), now(), 3000, now() - n * interval '1 s', ${user.id}::uuid, 1,
      now() - n * interval '1 s' + case when n % 50 = 0 then interval '1 minute' else interval '1 hour' end
    from generate_series(1, ${INCIDENTS}) as n`.execute(db);
  await sql`
    insert into incident_decisions (incident_id, round, made_by, outcome, reason_code, at, sampled)
    select id, 1, 'two', (array['confirmed', 'not_confirmed', 'inconclusive'])[1 + number % 3], 'seen', received_at + interval '10 minutes',
      number % 20 = 0
    from incidents`.execute(db);
  await sql`
    insert into incident_votes (id, incident_id, round, stage, voter_id, is_chair, outcome, reason_code, reason, evidence, at, salt, commitment)
    select gen_random_uuid(), id, 1, stage, (${reviewers}::uuid[])[1 + (number + case stage when 'first' then 0 else 7 end) % ${REVIEWERS}],
      false, 'confirmed', 'seen', 'as it is seen', '[]', received_at, '\\x00', '\\x00'
    from incidents, unnest(array['first', 'second']) as stage`.execute(db);
  await sql`
    insert into incident_votes (id, incident_id, round, stage, voter_id, is_chair, outcome, reason_code, reason, evidence, at, salt, commitment)
    select gen_random_uuid(), id, 1, 'panel', ${rare.user.id}::uuid, false, 'confirmed', 'seen', 'once', '[]', received_at, '\\x00', '\\x00'
    from incidents order by number limit 1`.execute(db);
  for (const table of ['incidents', 'incident_decisions', 'incident_votes']) await sql.raw(`vacuum analyze ${table}`).execute(db);
  const region = places[7] ?? top;
  return { region: { id: region.regionId, electionId: top.electionId }, rare: rare.user.id };
}

main().catch((error: unknown) => {
  process.stderr.write(`${String((error as Error).stack)}\n`);
  process.exitCode = 1;
});
