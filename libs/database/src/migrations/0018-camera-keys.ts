import { type Kysely, sql } from 'kysely';

/**
 * The indexes of the recording begin with eight bytes of a camera instead of its sixteen. PostgreSQL fills the pages of an index whose rows
 * come in the middle of it, as those of all cameras but one do, only where a key is at most 16 bytes long; else they stay half empty.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create function camera_key(camera_id uuid) returns bigint language sql immutable parallel safe return uuid_hash_extended(camera_id, 0)`,
  // So that a key is as good as the id it was made from.
  `create unique index cameras_key on cameras (camera_key(id))`,
  `create unique index segments_sequence on segments (camera_key(camera_id), media_sequence)`,
  `alter table segments drop constraint segments_pkey`,
  `drop index segments_time`,
  `create index segments_time on segments (camera_key(camera_id), starts_at)`,
  `analyze segments`,
];
