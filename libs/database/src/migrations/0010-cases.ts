import { type Kysely, sql } from 'kysely';

/** Incidents become cases: versions, findings, decisions, claims, clocks, flags. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const APPEND_ONLY = ['incident_versions', 'incident_votes', 'incident_decisions', 'incident_addenda'];

const STATEMENTS = [
  `alter table users add column organisation text, add column commission_station_id uuid references stations`,

  `alter table incident_codes add column parent_code text`,
  `create table incident_code_labels (
    code text not null, lang text not null, group_label text not null, label text not null, primary key (code, lang))`,

  `alter table incidents
    alter column reporter_id drop not null,
    add column region_id uuid references regions, add column reporter_organisation text,
    add column reported_severity text, add column severity_by uuid references users,
    add column outcome text, add column reason_code text, add column round integer not null default 1,
    add column holder_id uuid references users, add column held_until timestamptz,
    add column return_to text, add column answer_due timestamptz, add column paused_at timestamptz,
    add column merged_into uuid references incidents, add column corroboration integer not null default 1,
    add column reopen_asked_by uuid references users, add column reopen_asked_at timestamptz, add column reopen_reason text,
    add column quarantine text not null default 'none', add column quarantine_by uuid references users, add column lift_asked_by uuid references users,
    add column escalated text not null default 'none', add column publication text not null default 'full',
    add column claim_due timestamptz, add column decide_due timestamptz, add column due_at timestamptz,
    add column overdue text not null default 'none',
    add column claimed_at timestamptz, add column decided_at timestamptz, add column closed_at timestamptz,
    add column search_text text not null default '',
    add column of_count boolean generated always as (code like 'CNT-%' or code = 'CLS-02') stored`,
  `update incidents set reported_severity = severity, region_id = stations.region_id,
    search_text = lower(concat_ws(' ', stations.code, stations.name, cameras.name, incidents.note))
    from stations, cameras where stations.id = incidents.station_id and cameras.id = incidents.camera_id`,
  `alter table incidents alter column reported_severity set not null, alter column region_id set not null,
    add check ((holder_id is null) = (held_until is null)), add check (reporter_id is not null or code like 'CAM-%' or code like 'X-%')`,
  // The queue is sorted by its clocks; what has none that runs comes last.
  `create index incidents_due on incidents (coalesce(due_at, 'infinity'), number)`,
  `create index incidents_due_of_count on incidents (of_count, coalesce(due_at, 'infinity'), number)`,
  `create index incidents_state on incidents (state, number)`,
  `create index incidents_region on incidents (region_id, number)`,
  `create index incidents_station on incidents (station_id, number)`,
  `create index incidents_code on incidents (code, number)`,
  `create index incidents_severity on incidents (severity, number)`,
  `create index incidents_holder on incidents (holder_id, number) where holder_id is not null`,
  `create index incidents_organisation on incidents (lower(reporter_organisation), number)`,
  `create index incidents_merged on incidents (merged_into) where merged_into is not null`,
  `create index incidents_answer on incidents (answer_due) where answer_due is not null`,
  `do $$ begin
    create index incidents_search on incidents using gin (search_text gin_trgm_ops);
  exception when undefined_object then
    raise notice 'pg_trgm is not there: searching incidents will be slower';
  end $$`,

  `create table incident_versions (
    incident_id uuid not null references incidents, version integer not null, at timestamptz not null, actor_id uuid references users,
    action text not null, facts jsonb not null, primary key (incident_id, version))`,
  // commitment: SHA-256 of salt and finding. It stands in the audit log while the finding is sealed.
  `create table incident_votes (
    id uuid primary key, incident_id uuid not null references incidents, round integer not null, stage text not null,
    voter_id uuid not null references users, is_chair boolean not null, outcome text not null, reason_code text not null, reason text not null,
    from_at timestamptz, to_at timestamptz, evidence jsonb not null, at timestamptz not null, salt bytea not null, commitment bytea not null,
    unique (incident_id, round, voter_id))`,
  `create table incident_decisions (
    incident_id uuid not null references incidents, round integer not null, made_by text not null, outcome text not null,
    reason_code text not null, at timestamptz not null, primary key (incident_id, round))`,
  `create table incident_addenda (
    id uuid primary key, incident_id uuid not null references incidents, kind text not null, text text not null,
    author_id uuid references users, at timestamptz not null)`,
  `create index incident_addenda_incident on incident_addenda (incident_id, at)`,
  ...APPEND_ONLY.map(
    (table) =>
      `create trigger ${table}_append_only before update or delete or truncate on ${table} for each statement execute function refuse_change()`,
  ),
  `create table review_clocks (election_id uuid primary key references elections, clocks jsonb not null)`,
];
