import { type RawBuilder, sql } from 'kysely';

/**
 * Rows of `segments` of one camera. Its indexes know a camera by the eight bytes of `camera_key`, which no two cameras share
 * (`cameras_key`): a condition on `camera_id` itself reads the whole table.
 */
export const ofCamera = (cameraId: string | RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`camera_key(segments.camera_id) = camera_key(${cameraId})`;
