import { type Kysely, sql } from 'kysely';

/** Forms of mission reports, what observers filled in, and the e-voting devices of stations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const APPEND_ONLY = [
  'report_observations',
  'report_observation_versions',
  'station_devices',
  'station_device_states',
  'device_checks',
  'device_check_flags',
];

const FORMS = `('opening', 'voting', 'closing', 'counting')`;

const STATEMENTS = [
  // A question that was asked is never redefined or removed: it may only be hidden.
  `create table report_questions (
    form text not null check (form in ${FORMS}), version integer not null check (version > 0), code text not null, section text not null,
    sort integer not null, required boolean not null, spec jsonb not null, shown_if jsonb not null default '[]', concern jsonb,
    hidden boolean not null default false, primary key (form, version, code),
    check (code ~ '^[a-z][a-z0-9-]{0,39}$' or (code ~ '^X-[A-Za-z0-9][A-Za-z0-9-]{0,37}$' and not required)))`,
  `create function report_questions_stay() returns trigger language plpgsql as $$ begin
    if (new.form, new.version, new.code, new.section, new.sort, new.required, new.spec, new.shown_if, new.concern)
      is distinct from (old.form, old.version, old.code, old.section, old.sort, old.required, old.spec, old.shown_if, old.concern) then
      raise exception 'report_questions: a question may be hidden, not redefined';
    end if;
    return new;
  end $$`,
  `create trigger report_questions_stay before update on report_questions for each row execute function report_questions_stay()`,
  `create trigger report_questions_kept before delete or truncate on report_questions for each statement execute function refuse_change()`,
  `create table report_labels (subject text not null, lang text not null, text text not null, primary key (subject, lang))`,

  `create table report_observations (
    id uuid primary key, election_id uuid not null references elections, region_id uuid not null references regions,
    station_id uuid not null references stations, form text not null check (form in ${FORMS}),
    reporter_id uuid not null references users, organisation text)`,
  `create index report_observations_form on report_observations (election_id, form, station_id)`,
  `create index report_observations_reporter on report_observations (reporter_id)`,
  `create table report_observation_versions (
    observation_id uuid not null references report_observations, version integer not null check (version > 0),
    form_version integer not null, answers jsonb not null check (jsonb_typeof(answers) = 'object'), concerns integer not null,
    observed_at timestamptz not null, received_at timestamptz not null, reason text,
    primary key (observation_id, version), check ((version = 1) = (reason is null)))`,

  `create table station_devices (
    id uuid primary key, election_id uuid not null references elections, station_id uuid not null references stations,
    kind text not null, source text not null check (source in ('commission', 'observer')), organisation text,
    added_by uuid not null references users, added_at timestamptz not null)`,
  `create index station_devices_station on station_devices (station_id, added_at)`,
  `create table station_device_states (
    device_id uuid not null references station_devices, seq integer not null check (seq > 0), state text not null,
    serial text not null, seals text[] not null, at timestamptz not null, received_at timestamptz not null,
    actor_id uuid not null references users, reason text not null, primary key (device_id, seq))`,
  // device_seq: the state of the register that the check was held against.
  `create table device_checks (
    id uuid primary key, device_id uuid not null, device_seq integer not null, kind text not null check (kind in ('zero-tape', 'result-tape')),
    serial text not null, seals text[] not null, printed boolean not null, printed_at timestamptz,
    numbers jsonb not null, protocol jsonb not null, photo_sha256 text, note text, findings jsonb not null,
    observed_at timestamptz not null, received_at timestamptz not null, reporter_id uuid not null references users, organisation text,
    foreign key (device_id, device_seq) references station_device_states)`,
  `create index device_checks_device on device_checks (device_id, observed_at)`,
  `create table device_check_flags (
    check_id uuid not null references device_checks, finding text not null, incident_id uuid not null references incidents,
    at timestamptz not null, primary key (check_id, finding))`,
  ...APPEND_ONLY.map(
    (table) =>
      `create trigger ${table}_append_only before update or delete or truncate on ${table} for each statement execute function refuse_change()`,
  ),
];
