import { type Kysely, sql } from 'kysely';

/** The recording becomes evidence: what each segment's bytes were, where its time comes from, and when they were deleted. */
const STATEMENTS = [
  `alter table segments
    add column sha256 bytea check (octet_length(sha256) = 32),
    add column media_time bigint,
    add column monotonic_ms bigint,
    add column key_frames integer[],
    add column deleted_at timestamptz`,
  `alter table holds add column owner_id uuid references users, add column expires_at timestamptz, add column released_at timestamptz`,
  `alter table elections add column retention_days integer not null default 365 check (retention_days >= 1)`,
  // Deleting goes file by file. Some thirty rows share each name, which the index keeps once.
  `create index segments_file on segments (file) where file is not null`,
  // The first row of each file: the oldest files of all cameras without reading what came after them.
  `create index segments_oldest on segments (starts_at, file) where file is not null and byte_offset = 0`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
