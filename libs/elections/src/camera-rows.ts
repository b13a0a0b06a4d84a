import { type ExpressionBuilder, sql } from 'kysely';
import type { Database, Db, Tx } from '@app/database';

/** Cameras with what is known of them, as `CameraRow`: give it a `where` and an order. */
export function cameraRows(db: Db | Tx) {
  return db
    .selectFrom('cameras')
    .innerJoin('stations', 'stations.id', 'cameras.station_id')
    .leftJoin('camera_states', 'camera_states.camera_id', 'cameras.id')
    .leftJoin('camera_leases', 'camera_leases.camera_id', 'cameras.id')
    .select([
      'cameras.id',
      'cameras.station_id',
      'stations.code as station_code',
      'cameras.name',
      'cameras.position',
      'cameras.enabled',
      'cameras.created_at',
      'cameras.source_kind',
      'cameras.source_display',
      'cameras.has_credentials',
      'camera_states.state',
      'camera_states.generation as state_generation',
      'camera_states.since',
      'camera_states.reason_code',
      'camera_states.last_frame_at',
      'camera_states.codec',
      'camera_states.audio_codec',
      'camera_states.width',
      'camera_states.height',
      'camera_states.fps',
      'camera_states.bitrate',
      'camera_leases.generation as lease_generation',
      'camera_leases.expires_at as lease_expires_at',
    ]);
}

type LiveTables = Pick<Database, 'cameras' | 'camera_states' | 'camera_leases'>;

/** What `cameraState` calls live while the calendar wants cameras on air, for counting without reading every row. */
export function isLiveNow(eb: ExpressionBuilder<LiveTables, keyof LiveTables>, now: Date) {
  return eb.and([
    eb('cameras.enabled', '=', true),
    eb('camera_states.state', '=', 'live'),
    eb('camera_leases.expires_at', '>', now),
    eb('camera_leases.generation', '=', eb.ref('camera_states.generation')),
  ]);
}

/** Stations with how many of their cameras are switched on, and how many of those are live. */
export function stationCounts(db: Db, now: Date) {
  return db
    .selectFrom('cameras')
    .leftJoin('camera_states', 'camera_states.camera_id', 'cameras.id')
    .leftJoin('camera_leases', 'camera_leases.camera_id', 'cameras.id')
    .select(['cameras.station_id'])
    .select((eb) => [
      sql<number>`count(*) filter (where cameras.enabled)`.as('on'),
      sql<number>`count(*) filter (where ${isLiveNow(eb as never, now)})`.as('live'),
    ])
    .groupBy('cameras.station_id');
}
