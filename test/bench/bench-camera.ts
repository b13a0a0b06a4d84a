import { randomUUID } from 'node:crypto';
import type { Db } from '@app/database';

/** A station with a camera, of an election of its own. @param startsAt epoch ms @returns the camera's id */
export async function addCamera(db: Db, startsAt: number): Promise<string> {
  const [electionId, regionId, stationId, id] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const times = { opens_at: new Date(startsAt), closes_at: new Date(startsAt + 1), count_ends_at: new Date(startsAt + 2) };
  await db
    .insertInto('elections')
    .values({ id: electionId, name: 'Bench', ...times })
    .execute();
  await db.insertInto('regions').values({ id: regionId, election_id: electionId, parent_id: null, name: 'Bench' }).execute();
  const place = { election_id: electionId, region_id: regionId, address: null, lat: null, lon: null, timezone: 'UTC' };
  await db
    .insertInto('stations')
    .values({ id: stationId, code: id.slice(0, 8), name: 'Bench', search_text: '', ...place })
    .execute();
  const source = { source_kind: 'rtsp' as const, source_display: 'rtsp://bench.example/1', has_credentials: false };
  const secrets = { source_cipher: Buffer.from('-'), stream_key_hash: null };
  await db
    .insertInto('cameras')
    .values({ id, station_id: stationId, name: 'Bench', position: 1, enabled: false, ...source, ...secrets })
    .execute();
  return id;
}
