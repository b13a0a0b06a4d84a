import { type Kysely, sql } from 'kysely';

/** Which volumes are ours, and which packager cannot record for want of room or of its volume. */
const STATEMENTS = [
  `create table deployment (is_only boolean primary key default true check (is_only), id uuid not null default gen_random_uuid())`,
  `insert into deployment default values`,
  `create table media_volumes (
    host text not null, directory text not null, marked_at timestamptz not null default now(), primary key (host, directory))`,
  `alter table packagers add column storage_fault text`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
