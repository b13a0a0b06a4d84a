import { sql } from 'kysely';
import type { Hold } from '@app/contracts';
import type { Db } from '@app/database';
import { holdStateOf } from './hold-rules';

/** Holds with all that a view of them shows. */
export function selectHolds(db: Db) {
  return db
    .selectFrom('holds')
    .leftJoin('cameras', 'cameras.id', 'holds.camera_id')
    .innerJoin('stations', (join) =>
      join.on((eb) => eb('stations.id', '=', eb.fn.coalesce('holds.station_id', 'cameras.station_id'))),
    )
    .leftJoin('incidents', 'incidents.id', 'holds.incident_id')
    .leftJoin('users as owners', 'owners.id', 'holds.owner_id')
    .leftJoin('users as askers', 'askers.id', 'holds.release_asked_by')
    .leftJoin('users as confirmers', 'confirmers.id', 'holds.released_by')
    .select([
      'holds.id',
      'holds.camera_id',
      'holds.station_id',
      'cameras.name as camera_name',
      'stations.code as station_code',
      'stations.name as station_name',
      'stations.timezone',
      'holds.from_at',
      'holds.to_at',
      'holds.reason',
      'holds.owner_id',
      'owners.name as owner_name',
      'holds.incident_id',
      'incidents.number as incident_number',
      'holds.created_at',
      // The whole of its time, for a cursor.
      sql<string>`to_char(holds.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('created_key'),
      'holds.expires_at',
      'holds.bytes',
      'holds.bytes_at',
      'holds.release_reason',
      'holds.release_asked_by',
      'askers.name as asker_name',
      'holds.release_asked_at',
      'holds.released_by',
      'confirmers.name as confirmer_name',
      'holds.released_at',
    ]);
}

export type HoldRow = Awaited<ReturnType<ReturnType<typeof selectHolds>['executeTakeFirstOrThrow']>>;

export function toHold(row: HoldRow, now: Date): Hold {
  return {
    id: row.id,
    state: holdStateOf({ expiresAt: row.expires_at, releasedAt: row.released_at }, now),
    camera: row.camera_id === null ? null : { id: row.camera_id, name: row.camera_name ?? '' },
    station: { code: row.station_code, name: row.station_name, timezone: row.timezone },
    from: row.from_at.toISOString(),
    to: row.to_at.toISOString(),
    reason: row.reason,
    owner: personOf(row.owner_id, row.owner_name),
    incident:
      row.incident_id === null || row.incident_number === null ? null : { id: row.incident_id, number: row.incident_number },
    createdAt: row.created_at.toISOString(),
    expiresAt: timeOf(row.expires_at),
    bytes: row.bytes,
    countedAt: timeOf(row.bytes_at),
    release: releaseOf(row),
  };
}

function releaseOf(row: HoldRow): Hold['release'] {
  const askedBy = personOf(row.release_asked_by, row.asker_name);
  if (!askedBy || row.release_asked_at === null) return null;
  return {
    reason: row.release_reason ?? '',
    askedBy,
    askedAt: row.release_asked_at.toISOString(),
    confirmedBy: personOf(row.released_by, row.confirmer_name),
    confirmedAt: timeOf(row.released_at),
  };
}

const personOf = (id: string | null, name: string | null) => (id === null || name === null ? null : { id, name });
const timeOf = (date: Date | null): string | null => date?.toISOString() ?? null;
