import type { Camera, Station } from '@app/contracts';
import type { Row } from '@app/database';
import { type CameraRow, cameraState } from './camera-view';
import { type ElectionTimes, timesAt } from './election';

export function toStation(
  row: Row<'stations'>,
  regionPath: string[],
  cameraRows: readonly CameraRow[],
  election: ElectionTimes,
  now: Date,
): Station {
  const cameras = cameraRows.map((camera): Camera => ({
    id: camera.id,
    stationCode: camera.station_code,
    name: camera.name,
    position: camera.position,
    enabled: camera.enabled,
    state: cameraState(camera, election, now),
  }));
  const { opensAt, closesAt, countEndsAt } = timesAt(row, election);
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    regionId: row.region_id,
    regionPath,
    address: row.address,
    lat: row.lat,
    lon: row.lon,
    timezone: row.timezone,
    opensAt: opensAt.toISOString(),
    closesAt: closesAt.toISOString(),
    countEndsAt: countEndsAt.toISOString(),
    state: stationState(cameras),
    cameras,
  };
}

/** A station is as live as the cameras that should be on air; one without any is off as planned. */
export function stationState(cameras: readonly Camera[]): Station['state'] {
  const wanted = cameras.filter((camera) => camera.state.state !== 'planned-off');
  const live = wanted.filter((camera) => camera.state.state === 'live');
  if (wanted.length === 0) return 'planned-off';
  if (live.length === 0) return 'down';
  return live.length === wanted.length ? 'live' : 'partly-live';
}
