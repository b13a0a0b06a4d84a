import { type Kysely, sql } from 'kysely';

/** Cameras that are live with a clock that is off are looked for every second, as those that fail are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index camera_states_clock on camera_states (camera_id) where reason_code = 'clock-off'`.execute(db);
}
