import { sql } from 'kysely';
import type { CaseClock, ClipState, Incident } from '@app/contracts';
import type { Db, Tx } from '@app/database';

/** Incidents with the names that people know their parts by. */
export function selectIncidents(db: Db | Tx) {
  return db
    .selectFrom('incidents')
    .innerJoin('cameras', 'cameras.id', 'incidents.camera_id')
    .innerJoin('stations', 'stations.id', 'incidents.station_id')
    .leftJoin('users', 'users.id', 'incidents.reporter_id')
    .leftJoin('system_incidents as outages', 'outages.incident_id', 'incidents.id')
    .leftJoin('users as holders', 'holders.id', 'incidents.holder_id')
    .leftJoin('users as handers', 'handers.id', 'incidents.handed_by')
    .innerJoin('incident_clips as clips', 'clips.incident_id', 'incidents.id')
    .selectAll('incidents')
    .select([
      'cameras.name as camera_name',
      'stations.code as station_code',
      'stations.name as station_name',
      'stations.timezone as station_timezone',
      'users.name as reporter_name',
      'holders.name as holder_name',
      'handers.name as handed_by_name',
      'outages.from_at as outage_from_at',
      'outages.to_at as outage_to_at',
      'outages.region_id as outage_region_id',
      'clips.state as clip_state',
      'clips.ready_after as clip_ready_after',
      'clips.from_at as clip_from_at',
      'clips.to_at as clip_to_at',
      'clips.still_file as clip_still_file',
      'clips.bytes as clip_bytes',
      'clips.sha256 as clip_sha256',
      'clips.gap_ms as clip_gap_ms',
      'clips.failure as clip_failure',
      sql<string>`(select label from incident_codes where incident_codes.code = incidents.code order by version desc limit 1)`.as(
        'code_label',
      ),
    ]);
}

export type IncidentRow = Awaited<ReturnType<ReturnType<typeof selectIncidents>['executeTakeFirstOrThrow']>>;

/** @param nowMs a claim that has run out by then is none */
export function toIncident(row: IncidentRow, nowMs = Date.now()): Incident {
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    code: row.code,
    codeLabel: row.code_label,
    severity: row.severity,
    note: row.note,
    camera: { id: row.camera_id, name: row.camera_name },
    station: { code: row.station_code, name: row.station_name, timezone: row.station_timezone },
    at: row.at.toISOString(),
    from: row.from_at.toISOString(),
    to: row.to_at.toISOString(),
    clock: {
      pressedAt: row.pressed_at.toISOString(),
      delayMs: row.delay_ms,
      receivedAt: row.received_at.toISOString(),
    },
    reporter: row.reporter_id === null ? null : { id: row.reporter_id, name: known(row.reporter_name) },
    version: row.version,
    clip: toClipState(row),
    outcome: row.outcome,
    reasonCode: row.reason_code,
    reportedSeverity: row.reported_severity,
    regionId: row.region_id,
    flags: { quarantine: row.quarantine, escalated: row.escalated, publication: row.publication },
    holder: toHolder(row, nowMs),
    dueClock: toClock(row),
    overdue: row.overdue,
    mergedInto: row.merged_into,
    corroboration: row.corroboration,
    outage: toOutage(row),
  };
}

function toOutage({ outage_from_at: from, outage_to_at: to, outage_region_id: regionId }: IncidentRow): Incident['outage'] {
  return from && { from: from.toISOString(), to: to?.toISOString() ?? null, together: regionId !== null };
}

function toHolder(row: IncidentRow, nowMs: number): Incident['holder'] {
  const { holder_id: id, holder_name, held_until: until, handed_by_name: by, handed_at: at } = row;
  if (id === null || until === null || until.getTime() <= nowMs) return null;
  const handed = by === null || at === null ? null : { by, at: at.toISOString(), reason: row.handed_reason };
  return { id, name: known(holder_name), until: until.toISOString(), handed };
}

function toClock({ state, due_at, claim_due, decide_due }: IncidentRow): CaseClock | null {
  if (state === 'needs_info') return decide_due && { kind: 'decision', due: decide_due.toISOString(), paused: true };
  if (!due_at) return null;
  const kind = state === 'submitted' && claim_due ? 'claim' : 'decision';
  return { kind, due: due_at.toISOString(), paused: false };
}

/** What the search looks in. */
export function searchTextOf(words: {
  stationCode: string;
  stationName: string;
  cameraName: string;
  note: string | null;
}): string {
  const { stationCode, stationName, cameraName, note } = words;
  return [stationCode, stationName, cameraName, note ?? ''].join(' ').trim().toLowerCase();
}

function toClipState(row: IncidentRow): ClipState {
  switch (row.clip_state) {
    case 'waiting':
      return { state: 'waiting', readyAfter: row.clip_ready_after.toISOString() };
    case 'cutting':
      return { state: 'cutting' };
    case 'failed':
      return { state: 'failed', reason: known(row.clip_failure) };
    case 'ready':
      return {
        state: 'ready',
        clipUrl: `/api/v1/incidents/${row.id}/clip.mp4`,
        stillUrl: row.clip_still_file === null ? null : `/api/v1/incidents/${row.id}/still.jpg`,
        from: known(row.clip_from_at).toISOString(),
        to: known(row.clip_to_at).toISOString(),
        bytes: known(row.clip_bytes),
        sha256: known(row.clip_sha256),
        gapSeconds: known(row.clip_gap_ms) / 1000,
      };
  }
}

/** @throws Error when a row lacks what its state promises. */
function known<T>(value: T | null): T {
  if (value === null) throw new Error('A clip lacks what its state promises');
  return value;
}
