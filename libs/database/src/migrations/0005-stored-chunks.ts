import { type Kysely, sql } from 'kysely';

/** Chunk files are kept in a remote storage as well: what is known to be there. */
const STATEMENTS = [
  `create table stored_chunks (
    file text primary key, byte_length bigint not null check (byte_length > 0), sha256 bytea not null check (octet_length(sha256) = 32),
    stored_at timestamptz not null default now(), doomed_at timestamptz)`,
  `create index stored_chunks_doomed on stored_chunks (doomed_at) where doomed_at is not null`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
