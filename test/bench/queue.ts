import { sql } from 'kysely';
import type { IncidentQuery } from '@app/contracts';
import type { Db } from '@app/database';
import { IncidentQueries, seedIncidentCodes } from '@app/incidents';
import { createTestDatabase, rightsOf } from '@app/testing';
import { newActor, newPlace } from '../medium/incidents/fixtures';
import { RealClock, timePages } from './timed-pages';

const INCIDENTS = 100_000;
const STATIONS = 200;

/** What a page of the review queue costs among 100,000 incidents, by filter. The promise is 100 ms at the 95th percentile. */
async function main(): Promise<void> {
  const { db, stop } = await createTestDatabase();
  try {
    const { region, station } = await fill(db);
    const reviewer = await newActor(db, 'reviewer');
    const scoped = {
      ...reviewer,
      ...rightsOf('reviewer', { kind: 'region', electionId: region.electionId, regionId: region.id, regionIds: [region.id] }),
    };
    const queries = new IncidentQueries(db, new RealClock());
    const cases: [string, Partial<IncidentQuery>][] = [
      ['newest', {}],
      ['by the clock', { sort: 'clock' }],
      ['open, by the clock', { sort: 'clock', state: ['submitted', 'triaging'] }],
      ['one state', { state: ['disputed'] }],
      ['region', { region: region.id, sort: 'clock' }],
      ['station', { station }],
      ['code', { code: 'CNT-02' }],
      ['severity and state', { severity: 'S1', state: ['in_review'], sort: 'clock' }],
      ['overdue', { due: 'overdue', sort: 'clock' }],
      ['claimed by nobody', { claimed: 'none', sort: 'clock' }],
      ['mine to hold', { claimed: 'me' }],
      ['text', { q: 'needle 77' }],
      ['text of a station', { q: station.slice(0, 6) }],
    ];
    await timePages(
      cases,
      async (query, round) => (await queries.list(round % 2 ? scoped : reviewer, { limit: 50, ...query })).total,
    );
  } finally {
    await stop();
  }
}

async function fill(db: Db): Promise<{ region: { id: string; electionId: string }; station: string }> {
  await seedIncidentCodes(db);
  const top = await newPlace(db);
  const places = [top];
  for (let each = 1; each < STATIONS; each += 1) places.push(await newPlace(db, top));
  const { user } = await newActor(db, 'observer');
  const ids = (pick: (place: (typeof places)[number]) => string) => sql`${places.map(pick)}::uuid[]`;
  await sql`
    insert into incidents (id, election_id, region_id, station_id, camera_id, state, code, severity, reported_severity, note, at, from_at, to_at,
      pressed_at, delay_ms, received_at, reporter_id, version, search_text, due_at)
    select gen_random_uuid(), ${top.electionId}::uuid, (${ids((place) => place.regionId)})[1 + n % ${STATIONS}],
      (${ids((place) => place.stationId)})[1 + n % ${STATIONS}], (${ids((place) => place.cameraId)})[1 + n % ${STATIONS}],
      (array['submitted', 'triaging', 'in_review', 'awaiting_second', 'decided', 'decided', 'closed', 'closed', 'merged', 'disputed'])[1 + n / 7 % 10],
      (array['VOT-01', 'CNT-02', 'ENV-03', 'OPN-01', 'CLS-02', 'OTH-00', 'CAM-01'])[1 + n % 7], 'S' || (1 + n % 4), 'S' || (1 + n % 4),
      'needle ' || n, now(), now() - interval '20 s', now() + interval '10 s', now(), 3000, now() - n * interval '1 s', ${user.id}::uuid, 1,
      'school needle ' || n, case when n / 7 % 10 < 4 or n / 7 % 10 = 9 then now() + (n - ${INCIDENTS / 2}) * interval '1 s' end
    from generate_series(1, ${INCIDENTS}) as n`.execute(db);
  await sql`insert into incident_clips (incident_id, state, ready_after) select id, 'waiting', now() from incidents`.execute(db);
  await sql`vacuum analyze incidents`.execute(db);
  const region = places[7] ?? top;
  return { region: { id: region.regionId, electionId: top.electionId }, station: region.stationCode };
}

main().catch((error: unknown) => {
  process.stderr.write(`${String((error as Error).stack)}\n`);
  process.exitCode = 1;
});
