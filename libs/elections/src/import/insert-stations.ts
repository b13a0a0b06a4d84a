import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { ImportResult } from '@app/contracts';
import type { Tx } from '@app/database';
import type { CameraSource } from '../camera-source';
import type { SealedSource } from '../sealed-source';
import { searchTextOf } from '../search-text';
import type { ImportedStation } from './station-row';

/** So many rows go to the database in one statement, as one array a column. */
const ROWS_A_STATEMENT = 5_000;
/** Never part of a name: cells with control characters are refused. */
const PATH_SEPARATOR = '\u0000';

export const pathKey = (names: readonly string[]): string => names.join(PATH_SEPARATOR);

/** Makes the regions that are not there yet, outer ones first. @returns ids by `pathKey` */
export async function insertRegions(
  tx: Tx,
  electionId: string,
  stations: readonly ImportedStation[],
): Promise<Map<string, string>> {
  const wanted = new Map<string, string[]>();
  for (const { region } of stations)
    for (let depth = 1; depth <= region.length; depth += 1) wanted.set(pathKey(region.slice(0, depth)), region.slice(0, depth));
  const existing = await tx
    .selectFrom('regions')
    .select(['id', 'parent_id', 'name'])
    .where('election_id', '=', electionId)
    .execute();
  const ids = new Map<string, string>();
  const byPlace = new Map(existing.map((row) => [`${row.parent_id ?? ''} ${row.name}`, row.id]));
  const added: { id: string; election_id: string; parent_id: string | null; name: string }[] = [];
  for (const path of [...wanted.values()].sort((left, right) => left.length - right.length)) {
    const parent_id = path.length === 1 ? null : (ids.get(pathKey(path.slice(0, -1))) ?? null);
    const name = path.at(-1) as string;
    const known = byPlace.get(`${parent_id ?? ''} ${name}`);
    const id = known ?? randomUUID();
    ids.set(pathKey(path), id);
    if (!known) added.push({ id, election_id: electionId, parent_id, name });
  }
  for (const rows of chunks(added))
    await sql`insert into regions (id, election_id, parent_id, name)
      select id, ${electionId}::uuid, parent_id, name from unnest(${rows.map((row) => row.id)}::uuid[],
        ${rows.map((row) => row.parent_id)}::uuid[], ${rows.map((row) => row.name)}::text[]) as new(id, parent_id, name)`.execute(
      tx,
    );
  return ids;
}

/** @returns station ids by code */
export async function insertStations(
  tx: Tx,
  electionId: string,
  stations: readonly ImportedStation[],
  regionIds: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const ids = new Map(stations.map((station) => [station.code, randomUUID()]));
  for (const rows of chunks(stations)) {
    const column = <T>(of: (station: ImportedStation) => T): T[] => rows.map(of);
    await sql`insert into stations (id, election_id, region_id, code, name, address, lat, lon, timezone, search_text, opens_at, closes_at, count_ends_at)
      select id, ${electionId}::uuid, region_id, code, name, address, lat, lon, timezone, search_text, opens_at, closes_at, count_ends_at from unnest(
        ${column((row) => ids.get(row.code))}::uuid[], ${column((row) => regionIds.get(pathKey(row.region)))}::uuid[],
        ${column((row) => row.code)}::text[], ${column((row) => row.name)}::text[], ${column((row) => row.address)}::text[],
        ${column((row) => row.lat)}::double precision[], ${column((row) => row.lon)}::double precision[],
        ${column((row) => row.timezone)}::text[], ${column((row) => searchTextOf({ ...row, regionPath: row.region }))}::text[],
        ${column((row) => row.opens_at)}::timestamptz[], ${column((row) => row.closes_at)}::timestamptz[],
        ${column((row) => row.count_ends_at)}::timestamptz[])
      as new(id, region_id, code, name, address, lat, lon, timezone, search_text, opens_at, closes_at, count_ends_at)`.execute(
      tx,
    );
  }
  return ids;
}

/** @returns where each pushed camera sends to */
export async function insertCameras(
  tx: Tx,
  stations: readonly ImportedStation[],
  stationIds: ReadonlyMap<string, string>,
  seal: (cameraId: string, source: CameraSource) => SealedSource,
): Promise<ImportResult['push']> {
  const pushed: ImportResult['push'] = [];
  const cameras = stations.flatMap((station) => station.cameras.map((camera) => ({ station, camera })));
  for (const part of chunks(cameras)) {
    const rows = part.map(({ station, camera }) => {
      const id = randomUUID();
      const { columns, push } = seal(id, camera.source);
      if (push) pushed.push({ stationCode: station.code, cameraName: camera.name, ...push });
      return { id, station_id: stationIds.get(station.code), name: camera.name, position: camera.position, ...columns };
    });
    const column = <T>(of: (row: (typeof rows)[number]) => T): T[] => rows.map(of);
    await sql`insert into cameras (id, station_id, name, position, enabled, source_kind, source_display, has_credentials, source_cipher, stream_key_hash)
      select id, station_id, name, position, true, source_kind, source_display, has_credentials, source_cipher, stream_key_hash from unnest(
        ${column((row) => row.id)}::uuid[], ${column((row) => row.station_id)}::uuid[], ${column((row) => row.name)}::text[],
        ${column((row) => row.position)}::int[], ${column((row) => row.source_kind)}::text[], ${column((row) => row.source_display)}::text[],
        ${column((row) => row.has_credentials)}::boolean[], ${column((row) => row.source_cipher)}::bytea[],
        ${column((row) => row.stream_key_hash)}::bytea[])
      as new(id, station_id, name, position, source_kind, source_display, has_credentials, source_cipher, stream_key_hash)`.execute(
      tx,
    );
  }
  return pushed;
}

function* chunks<T>(rows: readonly T[]): Generator<T[]> {
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) yield rows.slice(start, start + ROWS_A_STATEMENT);
}
