import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `alter table elections add column accreditation_days integer not null default 5 check (accreditation_days between 1 and 90)`,
  // Names that differ in case and spaces only are one organisation: reports are corroborated by different ones.
  `create table organisations (
    id uuid primary key, name text not null, name_key text not null unique, kind text not null,
    created_at timestamptz not null default now())`,
  `alter table users add column if not exists organisation text`,
  `create table accreditations (
    id uuid primary key, election_id uuid not null references elections, state text not null,
    reference_hash bytea not null unique, request_hash bytea not null,
    name text not null, email text not null, phone text, kind text not null, organisation text not null,
    organisation_id uuid references organisations, statement text, wished_regions uuid[] not null,
    submitted_at timestamptz not null, submitted_by uuid references users, imported boolean not null default false,
    due_at timestamptz not null, asked_at timestamptz, decided_at timestamptz, reason text,
    number text unique, scope_kind text, scope_ids uuid[], valid_from timestamptz, valid_to timestamptz,
    user_id uuid references users,
    check (state in ('submitted', 'needs_info', 'approved', 'rejected', 'suspended', 'revoked')),
    check ((state = 'needs_info') = (asked_at is not null)),
    check ((state in ('submitted', 'needs_info')) = (decided_at is null)),
    check ((state in ('approved', 'suspended', 'revoked')) = (number is not null)),
    check (number is null or (organisation_id is not null and scope_kind is not null and scope_ids is not null and valid_from < valid_to)))`,
  // The deciders' list: what waits longest first.
  `create index accreditations_waiting on accreditations (election_id, due_at) where state in ('submitted', 'needs_info')`,
  `create index accreditations_email on accreditations (election_id, lower(email))`,
  // The rights that were given under it, one after the other: a suspension ends them, its end gives new ones.
  `create table accreditation_grants (
    grant_id uuid primary key references grants, accreditation_id uuid not null references accreditations)`,
  `create index accreditation_grants_of on accreditation_grants (accreditation_id)`,
  `create index accreditations_user on accreditations (user_id)`,
  `create table accreditation_events (
    seq bigint generated always as identity primary key, accreditation_id uuid not null references accreditations,
    action text not null, from_state text, to_state text not null, at timestamptz not null, actor_id uuid references users, reason text)`,
  `create index accreditation_events_of on accreditation_events (accreditation_id, seq)`,
  `create trigger accreditation_events_append_only before update or delete or truncate on accreditation_events
    for each statement execute function refuse_change()`,
  `create table accreditation_documents (
    id uuid primary key, accreditation_id uuid not null references accreditations, name text not null, type text not null,
    bytes bigint not null, sha256 text not null, file text not null unique, added_at timestamptz not null)`,
  `create index accreditation_documents_of on accreditation_documents (accreditation_id, added_at)`,
];

/** Who asked to observe, what was decided on it, and for how long it holds. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
