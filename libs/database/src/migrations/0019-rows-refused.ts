import { type Kysely, sql } from 'kysely';

/** Since when the database takes no rows of a packager, as that packager says: a database may answer and still store nothing. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table packagers add column rows_refused_since timestamptz`.execute(db);
}
