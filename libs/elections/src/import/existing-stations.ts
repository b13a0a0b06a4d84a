import type { Tx } from '@app/database';
import type { CameraSource } from '../camera-source';
import type { CameraSources } from '../camera-sources.service';
import { regionPaths } from '../region-paths';
import type { ImportedStation } from './station-row';

type ExistingStation = Omit<ImportedStation, 'line'>;

/** Stations of the election that have one of these codes, as an import would have written them. */
export async function existingStations(
  tx: Tx,
  electionId: string,
  imported: readonly ImportedStation[],
  sources: CameraSources,
): Promise<Map<string, ExistingStation>> {
  const codes = imported.map((station) => station.code);
  const rows = await tx
    .selectFrom('stations')
    .selectAll()
    .where('election_id', '=', electionId)
    .where((eb) => eb('code', '=', eb.fn.any(eb.val(codes))))
    .execute();
  const paths = await regionPaths(
    tx,
    rows.map((row) => row.region_id),
  );
  const cameras = await camerasOf(
    tx,
    rows.map((row) => row.id),
    sources,
  );
  return new Map(
    rows.map((row) => [row.code, { ...row, region: paths.get(row.region_id) ?? [], cameras: cameras.get(row.id) ?? [] }]),
  );
}

export function differsFromExisting(station: ImportedStation, existing: ExistingStation): boolean {
  return factsOf(station) !== factsOf(existing);
}

/** All that an import says of a station, in one comparable text. */
function factsOf({ name, region, address, lat, lon, timezone, cameras, ...own }: ExistingStation): string {
  const sorted = [...cameras].sort((left, right) => left.position - right.position);
  const of = (source: CameraSource): string => (source.kind === 'push-rtmp' ? source.kind : source.url);
  return JSON.stringify([
    name,
    region,
    address,
    lat,
    lon,
    timezone,
    [own.opens_at, own.closes_at, own.count_ends_at],
    sorted.map((camera) => [camera.name, camera.position, of(camera.source)]),
  ]);
}

async function camerasOf(tx: Tx, stationIds: string[], sources: CameraSources) {
  const rows = await tx
    .selectFrom('cameras')
    .select(['id', 'station_id', 'name', 'position', 'source_cipher'])
    .where((eb) => eb('station_id', '=', eb.fn.any(eb.val(stationIds))))
    .execute();
  const byStation = new Map<string, ExistingStation['cameras']>(stationIds.map((id) => [id, []]));
  for (const { id, station_id, name, position, source_cipher } of rows)
    byStation.get(station_id)?.push({ name, position, source: sources.open(id, source_cipher) });
  return byStation;
}
