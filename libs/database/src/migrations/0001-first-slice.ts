import { type Kysely, sql } from 'kysely';

/** Elections to clips: everything the way from a camera to a flag needs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table elections (
    id uuid primary key, name text not null, opens_at timestamptz not null, closes_at timestamptz not null,
    count_ends_at timestamptz not null, created_at timestamptz not null default now(),
    check (opens_at < closes_at and closes_at <= count_ends_at))`,
  `create table regions (
    id uuid primary key, election_id uuid not null references elections, parent_id uuid references regions, name text not null,
    unique nulls not distinct (election_id, parent_id, name))`,
  `create table stations (
    id uuid primary key, election_id uuid not null references elections, region_id uuid not null references regions,
    code text not null, name text not null, address text, lat double precision, lon double precision,
    timezone text not null, search_text text not null, cameras_on integer not null default 0, cameras_live integer not null default 0,
    unique (election_id, code)) with (fillfactor = 85)`,
  `create index stations_region on stations (region_id)`,
  // Finding a word inside a name among 100,000 stations. Without the extension the same search reads the whole table.
  `do $$ begin
    create extension if not exists pg_trgm;
    create index stations_search on stations using gin (search_text gin_trgm_ops);
  exception when insufficient_privilege or feature_not_supported or undefined_file or undefined_object then
    raise notice 'pg_trgm is not there: searching stations will be slower';
  end $$`,
  `create table cameras (
    id uuid primary key, station_id uuid not null references stations, name text not null, position integer not null,
    enabled boolean not null, source_kind text not null, source_display text not null, has_credentials boolean not null,
    source_cipher bytea, stream_key_hash bytea unique, settings_version integer not null default 1,
    created_at timestamptz not null default now(),
    unique (station_id, name), unique (station_id, position) deferrable initially deferred,
    check ((source_kind = 'push-rtmp') = (stream_key_hash is not null)),
    check ((source_kind = 'push-rtmp') = (source_cipher is null)))`,
  `create table camera_states (
    camera_id uuid primary key references cameras on delete cascade, generation bigint not null, state text not null, since timestamptz not null,
    reason_code text, last_frame_at timestamptz, codec text, audio_codec text, width integer, height integer,
    fps double precision, bitrate integer)`,
  // Counts kept at the station, so that lists and region counts need not look at every camera. The lock comes first and in
  // order: of two changes at one station the second counts what the first has written, and none waits in a circle.
  `create function count_cameras(stations_changed uuid[]) returns void language plpgsql as $$ begin
    if stations_changed is null then return; end if;
    perform 1 from stations where id = any(stations_changed) order by id for no key update;
    update stations set cameras_on = counted.on_count, cameras_live = counted.live_count
    from (select stations.id, count(cameras.id) filter (where cameras.enabled) as on_count,
        count(cameras.id) filter (where cameras.enabled and camera_states.state = 'live') as live_count
      from stations left join cameras on cameras.station_id = stations.id left join camera_states on camera_states.camera_id = cameras.id
      where stations.id = any(stations_changed) group by stations.id) counted
    where counted.id = stations.id and (cameras_on, cameras_live) is distinct from (counted.on_count, counted.live_count);
  end $$`,
  `create function cameras_changed() returns trigger language plpgsql as $$ begin
    if tg_op = 'UPDATE' then
      perform count_cameras((select array_agg(distinct new_rows.station_id) from new_rows join old_rows using (id)
        where new_rows.enabled <> old_rows.enabled));
    else
      perform count_cameras((select array_agg(distinct station_id) from changed_rows));
    end if;
    return null;
  end $$`,
  `create function camera_states_changed() returns trigger language plpgsql as $$ begin
    if tg_op = 'UPDATE' then
      perform count_cameras((select array_agg(distinct station_id) from new_rows join old_rows using (camera_id)
        join cameras on cameras.id = camera_id where (new_rows.state = 'live') <> (old_rows.state = 'live')));
    else
      perform count_cameras((select array_agg(distinct station_id) from changed_rows join cameras on cameras.id = camera_id
        where state = 'live'));
    end if;
    return null;
  end $$`,
  ...['cameras', 'camera_states'].flatMap((table) => [
    `create trigger ${table}_inserted after insert on ${table} referencing new table as changed_rows
      for each statement execute function ${table}_changed()`,
    `create trigger ${table}_deleted after delete on ${table} referencing old table as changed_rows
      for each statement execute function ${table}_changed()`,
    `create trigger ${table}_updated after update on ${table} referencing old table as old_rows new table as new_rows
      for each statement execute function ${table}_changed()`,
  ]),
  `create table packagers (
    id uuid primary key, origin_url text not null, capacity integer not null, heartbeat_at timestamptz not null, started_at timestamptz not null)`,
  `create table camera_leases (
    camera_id uuid primary key references cameras on delete cascade, generation bigint not null, packager_id uuid not null, expires_at timestamptz not null)`,
  `create index camera_leases_packager on camera_leases (packager_id)`,
  `create table camera_streams (camera_id uuid primary key references cameras on delete cascade, target_duration integer not null)`,
  `create table runs (
    id uuid primary key, camera_id uuid not null references cameras, generation bigint not null, discontinuity_sequence integer not null,
    started_at timestamptz not null, init_segment bytea not null, codecs text not null, width integer not null, height integer not null,
    ended_at timestamptz, end_reason text, end_detail text)`,
  `create index runs_camera on runs (camera_id, started_at)`,
  `create table segments (
    camera_id uuid not null references cameras, media_sequence bigint not null, generation bigint not null, kind text not null,
    run_id uuid references runs, discontinuity_sequence integer not null, starts_at timestamptz not null, duration_ticks bigint not null,
    independent boolean not null, gap_cause text, file text, byte_offset bigint, byte_length bigint,
    primary key (camera_id, media_sequence))`,
  `create index segments_time on segments (camera_id, starts_at)`,
  `create table users (id uuid primary key, email text not null, name text not null, password_hash text not null, created_at timestamptz not null default now())`,
  `create unique index users_email on users (lower(email))`,
  `create table grants (
    user_id uuid not null references users, role text not null, scope_kind text not null, scope_id uuid,
    valid_from timestamptz not null, valid_to timestamptz, unique nulls not distinct (user_id, role, scope_kind, scope_id))`,
  `create table sessions (token_hash bytea primary key, user_id uuid not null references users, created_at timestamptz not null default now(), expires_at timestamptz not null)`,
  `create table incident_codes (
    code text not null, version integer not null, group_code text not null, group_label text not null, label text not null,
    severity text not null, digit integer, sort integer not null, hidden boolean not null default false, primary key (code, version))`,
  `create table incidents (
    id uuid primary key, number integer generated always as identity unique, election_id uuid not null references elections,
    station_id uuid not null references stations, camera_id uuid not null references cameras, state text not null, code text not null,
    severity text not null, note text, at timestamptz not null, from_at timestamptz not null, to_at timestamptz not null,
    pressed_at timestamptz not null, delay_ms integer not null, received_at timestamptz not null,
    reporter_id uuid not null references users, version integer not null, check (from_at <= at and at <= to_at))`,
  `create index incidents_reporter on incidents (reporter_id, number)`,
  `create table incident_events (
    id uuid primary key, incident_id uuid not null references incidents, type text not null, actor_id uuid references users,
    at timestamptz not null, detail jsonb not null)`,
  `create index incident_events_incident on incident_events (incident_id, at)`,
  `create function refuse_change() returns trigger language plpgsql as $$ begin raise exception '% is append-only', tg_table_name; end $$`,
  `create trigger incident_events_append_only before update or delete or truncate on incident_events for each statement execute function refuse_change()`,
  `create table holds (
    id uuid primary key, camera_id uuid not null references cameras, from_at timestamptz not null, to_at timestamptz not null,
    reason text not null, incident_id uuid references incidents, created_at timestamptz not null default now())`,
  `create index holds_camera on holds (camera_id, from_at)`,
  `create table incident_clips (
    incident_id uuid primary key references incidents, state text not null, ready_after timestamptz not null, from_at timestamptz,
    to_at timestamptz, clip_file text, still_file text, bytes bigint, sha256 text, gap_ms integer, failure text)`,
  `create table idempotency_keys (
    user_id uuid not null references users, route text not null, key text not null, request_hash bytea not null,
    response_body jsonb, created_at timestamptz not null default now(), primary key (user_id, route, key))`,
  `create table outbox (id bigint generated always as identity primary key, event text not null, payload jsonb not null, created_at timestamptz not null default now())`,
  `create table fanout_messages (id bigint generated always as identity primary key, body text not null, created_at timestamptz not null default now())`,
];
