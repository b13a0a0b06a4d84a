import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `create table evidence_packages (
    id uuid primary key, incident_id uuid not null references incidents, state text not null default 'waiting'
      check (state in ('waiting', 'building', 'ready', 'failed')),
    progress integer not null default 0 check (progress between 0 and 100),
    reason text not null, recipient text not null, language text not null,
    requested_by uuid not null references users, requested_at timestamptz not null, finished_at timestamptz,
    file text, bytes bigint, sha256 text, manifest_sha256 text, failure text,
    check ((state = 'ready') = (file is not null and bytes is not null and sha256 is not null and manifest_sha256 is not null)),
    check ((state = 'failed') = (failure is not null)))`,
  `create index evidence_packages_incident on evidence_packages (incident_id, requested_at)`,
  `create index evidence_packages_open on evidence_packages (requested_at) where state in ('waiting', 'building')`,
];

/** Packages that were asked for: why, for whom, and what became of each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
