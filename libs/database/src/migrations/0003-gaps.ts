import { type Kysely, sql } from 'kysely';

/** Gaps become records of their own, with the switches that explain some of them, and stations get times of their own. */
const STATEMENTS = [
  `create table camera_switches (
    camera_id uuid not null references cameras on delete cascade, at timestamptz not null, enabled boolean not null,
    actor_id uuid references users, primary key (camera_id, at))`,
  `create table gaps (
    id uuid primary key default gen_random_uuid(), camera_id uuid not null references cameras on delete cascade,
    from_at timestamptz not null, to_at timestamptz, cause text not null, actor_id uuid references users,
    unique (camera_id, from_at), check (from_at < to_at))`,
  `create unique index gaps_open on gaps (camera_id) where to_at is null`,
  `create table gap_progress (
    camera_id uuid primary key references cameras on delete cascade, planned_from timestamptz not null, planned_to timestamptz not null,
    covered_until timestamptz not null, media_sequence bigint not null, recorded_from timestamptz, recorded_to timestamptz)
    with (fillfactor = 80)`,
  `alter table stations add column opens_at timestamptz, add column closes_at timestamptz, add column count_ends_at timestamptz`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
