import { type Kysely, sql } from 'kysely';

/** Incidents that the system raises: outages of cameras, one open one a camera, several of them one incident. */
const STATEMENTS = [
  `alter table incidents alter column reporter_id drop not null`,
  `create table system_incidents (
    incident_id uuid primary key references incidents, region_id uuid references regions, from_at timestamptz not null, to_at timestamptz)`,
  `create index system_incidents_open on system_incidents (region_id, from_at) where region_id is not null`,
  // incident_id is null until the outage has lasted long enough to be told.
  `create table camera_outages (
    id uuid primary key, camera_id uuid not null references cameras on delete cascade, from_at timestamptz not null,
    well_since timestamptz, to_at timestamptz, flaps integer not null default 0, incident_id uuid references incidents,
    reason_code text, check (to_at is null or incident_id is not null))`,
  `create unique index camera_outages_open on camera_outages (camera_id) where to_at is null`,
  `create index camera_outages_camera on camera_outages (camera_id, to_at)`,
  `create index camera_outages_incident on camera_outages (incident_id) where incident_id is not null`,
  `create index camera_states_bad on camera_states (camera_id) where state in ('down', 'dark', 'frozen', 'late')`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
