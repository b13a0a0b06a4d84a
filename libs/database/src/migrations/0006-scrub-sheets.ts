import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table scrub_sheets (
    camera_id uuid not null references cameras on delete cascade, starts_at timestamptz not null, made_at timestamptz not null,
    primary key (camera_id, starts_at))`,
  // The walk that looks for sheets whose footage was deleted.
  `create index scrub_sheets_oldest on scrub_sheets (starts_at, camera_id)`,
];

/** Which sheets of small pictures there are: they go when their footage goes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
