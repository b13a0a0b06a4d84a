import { randomUUID } from 'node:crypto';
import type { Db, Tx } from '@app/database';
import { searchTextOf } from '@app/elections';
import { DEMO_CAMERAS, DEMO_ELECTION_NAME, DEMO_REGIONS } from './demo-places';
import { demoTimes } from './demo-times';

/** The demo election is known by its id, also after its name or times were changed. */
export const DEMO_ELECTION_ID = '0d3a5c1e-7b52-4f0a-9d0b-5e1ec7102ade';
/** A demo that would end sooner than this is moved to today, so that yesterday's data folder still shows something. */
const LEAST_REST_MS = 3_600_000;

/** A camera that is to be made, still without a source. */
export interface DemoCamera {
  id: string;
  stationId: string;
  stationCode: string;
  stationName: string;
  name: string;
  position: number;
  scene: (typeof DEMO_CAMERAS)[number]['scene'];
}

export async function hasDemoElection(db: Db): Promise<boolean> {
  return (await db.selectFrom('elections').select('id').where('id', '=', DEMO_ELECTION_ID).executeTakeFirst()) !== undefined;
}

/** Makes the election with its regions and stations. @returns the cameras that belong into them */
export async function createDemoElection(tx: Tx, now: Date): Promise<DemoCamera[]> {
  const election = { id: DEMO_ELECTION_ID, name: DEMO_ELECTION_NAME, ...columnsOf(now) };
  await tx.insertInto('elections').values(election).execute();
  const timezone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const cameras: DemoCamera[] = [];
  for (const { name, stations } of DEMO_REGIONS) {
    const region_id = randomUUID();
    await tx.insertInto('regions').values({ id: region_id, election_id: DEMO_ELECTION_ID, parent_id: null, name }).execute();
    for (const station of stations) {
      const id = randomUUID();
      const search_text = searchTextOf({ ...station, regionPath: [name] });
      const row = { ...station, id, election_id: DEMO_ELECTION_ID, region_id, timezone, search_text };
      await tx.insertInto('stations').values(row).execute();
      DEMO_CAMERAS.forEach((camera, index) =>
        cameras.push({
          ...camera,
          id: randomUUID(),
          stationId: id,
          stationCode: station.code,
          stationName: station.name,
          position: index + 1,
        }),
      );
    }
  }
  return cameras;
}

export async function moveToToday(db: Db, now: Date): Promise<void> {
  await db
    .updateTable('elections')
    .set(columnsOf(now))
    .where('id', '=', DEMO_ELECTION_ID)
    .where('count_ends_at', '<', new Date(now.getTime() + LEAST_REST_MS))
    .execute();
}

function columnsOf(now: Date) {
  const { opensAt, closesAt, countEndsAt } = demoTimes(now);
  return { opens_at: opensAt, closes_at: closesAt, count_ends_at: countEndsAt };
}
