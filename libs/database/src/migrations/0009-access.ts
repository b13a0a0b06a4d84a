import { type Kysely, sql } from 'kysely';

/** Grants with scope and history, sessions one can see, second factors, personal tokens. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const SCOPE_CHECKS = `check (scope_kind in ('all', 'election', 'region', 'station')), check ((scope_kind = 'all') = (scope_id is null))`;

const STATEMENTS = [
  `alter table users add column disabled_at timestamptz, add column disabled_reason text`,
  // The same right may be given again after it was ended: each row is one stretch of time, and stays.
  `alter table grants drop constraint grants_user_id_role_scope_kind_scope_id_key`,
  `alter table grants
    add column id uuid not null default gen_random_uuid() primary key,
    add column given_by uuid references users, add column reason text,
    add column ended_by uuid references users, add column end_reason text`,
  `update grants set scope_kind = 'all' where scope_id is null`,
  `alter table grants add ${SCOPE_CHECKS.replace(', check', ', add check')}, add check (valid_to is null or valid_from <= valid_to)`,
  `create index grants_user on grants (user_id)`,
  `alter table sessions
    add column id uuid not null default gen_random_uuid() unique,
    add column last_seen_at timestamptz not null default now(),
    add column address text not null default '', add column user_agent text not null default '',
    add column factor_shown_at timestamptz`,
  `create index sessions_user on sessions (user_id)`,
  `create index sessions_end on sessions (expires_at)`,
  // last_step: the newest time step whose code was taken. No code of it or of an older one is taken again.
  `create table second_factors (
    user_id uuid primary key references users on delete cascade, secret bytea, pending_secret bytea, confirmed_at timestamptz,
    last_step bigint not null default 0, check ((secret is null) = (confirmed_at is null)))`,
  `create table recovery_codes (
    user_id uuid not null references users on delete cascade, code_hash bytea not null, created_at timestamptz not null default now(),
    used_at timestamptz, primary key (user_id, code_hash))`,
  `create table personal_tokens (
    id uuid primary key, user_id uuid not null references users on delete cascade, name text not null, token_hash bytea not null unique,
    permissions text[] not null, scope_kind text not null, scope_id uuid, created_at timestamptz not null default now(),
    expires_at timestamptz not null, last_used_at timestamptz, revoked_at timestamptz, ${SCOPE_CHECKS})`,
  `create index personal_tokens_user on personal_tokens (user_id)`,
];
