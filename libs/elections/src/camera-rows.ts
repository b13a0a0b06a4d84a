import type { Db, Tx } from '@app/database';

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
      'stations.opens_at',
      'stations.closes_at',
      'stations.count_ends_at',
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
