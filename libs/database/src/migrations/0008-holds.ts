import { type Kysely, sql } from 'kysely';

const STATEMENTS = [
  `alter table holds alter column camera_id drop not null,
    add column station_id uuid references stations,
    add column release_asked_at timestamptz, add column release_asked_by uuid references users,
    add column release_asked_as text[], add column release_reason text, add column released_by uuid references users,
    add column bytes bigint, add column bytes_at timestamptz,
    add constraint holds_one_subject check (num_nonnulls(camera_id, station_id) = 1),
    add constraint holds_released_by_two check (released_at is null
      or (release_asked_by is not null and released_by is not null and released_by <> release_asked_by))`,
  `create index holds_station on holds (station_id, from_at) where station_id is not null`,
  `create index holds_created on holds (created_at, id)`,
  `create trigger holds_stay before delete or truncate on holds for each statement execute function refuse_change()`,
  `create table hold_events (
    id uuid primary key, hold_id uuid not null references holds, type text not null, actor_id uuid not null references users,
    at timestamptz not null, reason text not null, expires_at timestamptz)`,
  `create index hold_events_hold on hold_events (hold_id, at)`,
  `create trigger hold_events_append_only before update or delete or truncate on hold_events
    for each statement execute function refuse_change()`,
  // What all holds keep together, an hour of a camera a row, so that what is over is read no more.
  `create table held_pieces (
    camera_id uuid not null references cameras on delete cascade, from_at timestamptz not null, to_at timestamptz not null,
    is_first boolean not null, bytes bigint not null, counted_at timestamptz not null, primary key (camera_id, from_at, to_at, is_first))`,
  `create table hold_usage (
    is_only boolean primary key default true check (is_only), used_bytes bigint not null, limit_bytes bigint, level text not null,
    level_since timestamptz not null, counted_at timestamptz not null)`,
  // What a packager last said of the disk it records to.
  `alter table packagers add column disk jsonb`,
];

/** Holds of stations, their release by two people, what they keep, and the disks that they are kept on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
