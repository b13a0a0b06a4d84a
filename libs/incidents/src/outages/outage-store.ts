import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { CameraStateName, FaultCode } from '@app/contracts';
import type { Tx } from '@app/database';
import { plannedClosing, plannedEnd } from '@app/elections';
import { isDesired } from '@app/streams';
import { type OpenGroup, TOGETHER_MS } from './outage-groups';
import { GOES_ON_MS, type Observed, type OpenOutage } from './outage-rules';

/** A camera that fails, or has an outage that is not over. */
export interface WatchedCamera extends Observed {
  cameraId: string;
  cameraName: string;
  stationId: string;
  stationCode: string;
  stationName: string;
  regionId: string;
  regionName: string;
  electionId: string;
  closesMs: number;
  endsMs: number;
  outage: (OpenOutage & { id: string; incidentId: string | null }) | undefined;
}

interface WatchedRow {
  camera_id: string;
  camera_name: string;
  station_id: string;
  station_code: string;
  station_name: string;
  region_id: string;
  region_name: string;
  election_id: string;
  closes: Date;
  ends: Date;
  planned: boolean;
  state: CameraStateName | null;
  reason_code: FaultCode | null;
  since: Date | null;
  last_frame_at: Date | null;
  outage_id: string | null;
  from_at: Date;
  well_since: Date | null;
  flaps: number;
  incident_id: string | null;
}

/** One round of outages at a time, in all processes. */
const LOCK = sql`hashtextextended('camera outages', 0)`;

/** @returns false while another process has a round under way. The lock ends with the transaction. */
export async function lockRound(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`select pg_try_advisory_xact_lock(${LOCK}) as locked`.execute(tx);
  return rows[0]?.locked ?? false;
}

export async function watchedCameras(tx: Tx): Promise<WatchedCamera[]> {
  const { rows } = await sql<WatchedRow>`
    select cameras.id as camera_id, cameras.name as camera_name, stations.id as station_id, stations.code as station_code, stations.name as station_name,
      regions.id as region_id, regions.name as region_name, stations.election_id, ${plannedClosing} as closes, ${plannedEnd} as ends,
      ${isDesired} as planned, known.state, known.reason_code, known.since, known.last_frame_at,
      outages.id as outage_id, outages.from_at, outages.well_since, outages.flaps, outages.incident_id
    from (select camera_id from camera_states where state in ('down', 'dark', 'frozen', 'late')
      union select camera_id from camera_states where reason_code = 'clock-off'
      union select camera_id from camera_outages where to_at is null) as watched
    join cameras on cameras.id = watched.camera_id
    join stations on stations.id = cameras.station_id
    join regions on regions.id = stations.region_id
    join elections on elections.id = stations.election_id
    left join camera_states known on known.camera_id = cameras.id
    left join camera_outages outages on outages.camera_id = cameras.id and outages.to_at is null`.execute(tx);
  return rows.map(toWatched);
}

function toWatched(row: WatchedRow): WatchedCamera {
  return {
    cameraId: row.camera_id,
    cameraName: row.camera_name,
    stationId: row.station_id,
    stationCode: row.station_code,
    stationName: row.station_name,
    regionId: row.region_id,
    regionName: row.region_name,
    electionId: row.election_id,
    closesMs: row.closes.getTime(),
    endsMs: row.ends.getTime(),
    planned: row.planned,
    state: row.state ?? undefined,
    reason: row.reason_code ?? undefined,
    sinceMs: row.since?.getTime() ?? 0,
    lastFrameMs: row.last_frame_at?.getTime(),
    outage:
      row.outage_id === null
        ? undefined
        : {
            id: row.outage_id,
            incidentId: row.incident_id,
            fromMs: row.from_at.getTime(),
            isRaised: row.incident_id !== null,
            wellSinceMs: row.well_since?.getTime(),
            flaps: row.flaps,
          },
  };
}

/** A camera has one open outage: what another process began meanwhile stays. */
export async function beginOutages(tx: Tx, begun: readonly { camera: WatchedCamera; fromMs: number }[]): Promise<void> {
  if (begun.length === 0) return;
  await tx
    .insertInto('camera_outages')
    .values(
      begun.map(({ camera, fromMs }) => ({
        id: randomUUID(),
        camera_id: camera.cameraId,
        from_at: new Date(fromMs),
        reason_code: camera.reason ?? null,
      })),
    )
    .onConflict((conflict) => conflict.column('camera_id').where('to_at', 'is', null).doNothing())
    .execute();
}

export async function dropOutages(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.deleteFrom('camera_outages').where('id', 'in', ids).where('incident_id', 'is', null).execute();
}

export async function setWell(tx: Tx, changes: readonly { id: string; wellSinceMs: number | null }[]): Promise<void> {
  await updateEach(
    tx,
    changes.map(({ id, wellSinceMs }) => ({ id, at: wellSinceMs })),
    sql`well_since = told.at, flaps = flaps + case when told.at is null then 1 else 0 end`,
  );
}

export async function endOutages(tx: Tx, ended: readonly { id: string; toMs: number }[]): Promise<void> {
  await updateEach(
    tx,
    ended.map(({ id, toMs }) => ({ id, at: toMs })),
    sql`to_at = greatest(told.at, camera_outages.from_at), well_since = null`,
  );
}

async function updateEach(
  tx: Tx,
  changes: readonly { id: string; at: number | null }[],
  set: ReturnType<typeof sql>,
): Promise<void> {
  if (changes.length === 0) return;
  const times = changes.map(({ at }) => (at === null ? null : new Date(at)));
  await sql`update camera_outages set ${set}
    from unnest(${changes.map(({ id }) => id)}::uuid[], ${times}::timestamptz[]) as told (id, at)
    where camera_outages.id = told.id and camera_outages.to_at is null`.execute(tx);
}

export async function raisedAs(tx: Tx, incidentId: string, cameras: readonly WatchedCamera[]): Promise<void> {
  const ids = cameras.flatMap(({ outage }) => outage?.id ?? []);
  const reasons = cameras.flatMap(({ outage, reason }) => (outage ? [reason ?? null] : []));
  await sql`update camera_outages set incident_id = ${incidentId}, reason_code = told.reason
    from unnest(${ids}::uuid[], ${reasons}::text[]) as told (id, reason) where camera_outages.id = told.id`.execute(tx);
}

/** The last outage of each camera, where it is over for so short that the next one goes on with it. What is decided stays as it is. */
export async function justOver(
  tx: Tx,
  cameraIds: readonly string[],
  nowMs: number,
): Promise<Map<string, { id: string; incidentId: string }>> {
  if (cameraIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('camera_outages as outages')
    .innerJoin('incidents', 'incidents.id', 'outages.incident_id')
    .distinctOn('outages.camera_id')
    .select(['outages.id', 'outages.camera_id', 'outages.incident_id'])
    .where('outages.camera_id', 'in', cameraIds)
    .where('outages.to_at', '>', new Date(nowMs - GOES_ON_MS))
    .where('incidents.state', 'not in', ['decided', 'closed', 'merged', 'withdrawn'])
    .orderBy('outages.camera_id')
    .orderBy('outages.to_at', 'desc')
    .execute();
  return new Map(
    rows.flatMap((row) => (row.incident_id === null ? [] : [[row.camera_id, { id: row.id, incidentId: row.incident_id }]])),
  );
}

/** The outage that is over goes on in place of the one that was begun. */
export async function goOn(
  tx: Tx,
  changes: readonly { begunId: string; overId: string; reason: FaultCode | undefined }[],
): Promise<void> {
  for (const { begunId, overId, reason } of changes) {
    await tx.deleteFrom('camera_outages').where('id', '=', begunId).execute();
    await tx
      .updateTable('camera_outages')
      .set((eb) => ({ to_at: null, well_since: null, flaps: eb('flaps', '+', 1), reason_code: reason ?? null }))
      .where('id', '=', overId)
      .execute();
  }
}

/** Groups that began lately, in any region. */
export async function openGroups(tx: Tx, nowMs: number): Promise<OpenGroup[]> {
  const rows = await tx
    .selectFrom('system_incidents')
    .selectAll()
    .where('region_id', 'is not', null)
    .where('to_at', 'is', null)
    .where('from_at', '>', new Date(nowMs - 10 * TOGETHER_MS))
    .execute();
  return rows.map((row) => ({ incidentId: row.incident_id, regionId: row.region_id ?? '', fromMs: row.from_at.getTime() }));
}

/** Incidents of these whose outages are all over. */
export async function overIncidents(
  tx: Tx,
  incidentIds: readonly string[],
): Promise<{ incidentId: string; from: Date; to: Date; flaps: number; cameras: number }[]> {
  if (incidentIds.length === 0) return [];
  const { rows } = await sql<{ incidentId: string; from: Date; to: Date; flaps: number; cameras: number }>`
    select incident_id as "incidentId", min(from_at) as "from", max(to_at) as "to", sum(flaps)::int as flaps, count(*)::int as cameras
    from camera_outages where incident_id = any(${incidentIds}::uuid[]) group by incident_id having bool_and(to_at is not null)`.execute(
    tx,
  );
  return rows;
}
