import { randomUUID } from 'node:crypto';
import { type Db } from '@app/database';
import { seedIncidentCodes } from '@app/incidents';
import { newElection } from '../api';

export interface PlaceOfWorld {
  regionId: string;
  stationId: string;
  stationCode: string;
  cameraId: string;
}

/** An election with two regions, north and south, a station with a camera in each, in a district below its region. */
export interface World {
  electionId: string;
  north: PlaceOfWorld;
  south: PlaceOfWorld;
}

export async function makeWorld(db: Db): Promise<World> {
  await seedIncidentCodes(db);
  const electionId = await newElection(db);
  return { electionId, north: await place(db, electionId, 'North'), south: await place(db, electionId, 'South') };
}

async function place(db: Db, election_id: string, name: string): Promise<PlaceOfWorld> {
  const [regionId, district, stationId] = [randomUUID(), randomUUID(), randomUUID()];
  await db
    .insertInto('regions')
    .values([
      { id: regionId, election_id, parent_id: null, name },
      { id: district, election_id, parent_id: regionId, name: `${name} district` },
    ])
    .execute();
  const stationCode = `${name.toUpperCase()}-1`;
  await db
    .insertInto('stations')
    .values({
      id: stationId,
      election_id,
      region_id: district,
      code: stationCode,
      name: `${name} school`,
      address: null,
      lat: null,
      lon: null,
      timezone: 'UTC',
      search_text: stationCode.toLowerCase(),
    })
    .execute();
  return { regionId, stationId, stationCode, cameraId: await newCamera(db, stationId, 1) };
}

export async function newCamera(db: Db, stationId: string, position: number): Promise<string> {
  const id = randomUUID();
  await db
    .insertInto('cameras')
    .values({
      id,
      station_id: stationId,
      name: `Camera ${id.slice(0, 8)}`,
      position,
      enabled: false,
      source_kind: 'push-rtmp',
      source_display: 'push:rtmp',
      has_credentials: false,
      source_cipher: null,
      stream_key_hash: Buffer.from(id),
    })
    .execute();
  return id;
}
