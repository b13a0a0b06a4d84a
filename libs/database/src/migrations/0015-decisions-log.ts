import { type Kysely, sql } from 'kysely';

/** What a decision was made on, kept with it; who handed a claim over; and what the two logs are searched by. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // An incident goes on changing when it is reopened; the log tells what was decided on then, and what of it was late.
  `alter table incident_decisions
    add column code text, add column severity text, add column region_id uuid references regions,
    add column station_id uuid references stations, add column received_at timestamptz, add column due_at timestamptz,
    add column sampled boolean`,
  `alter table incident_decisions disable trigger incident_decisions_append_only`,
  // The clock of a round that was superseded is not on record any more.
  `update incident_decisions as decisions set
    code = incidents.code, severity = incidents.severity, region_id = incidents.region_id, station_id = incidents.station_id,
    received_at = incidents.received_at, due_at = case when decisions.round = incidents.round then incidents.decide_due end
    from incidents where incidents.id = decisions.incident_id`,
  `alter table incident_decisions enable trigger incident_decisions_append_only`,
  `alter table incident_decisions
    alter column code set not null, alter column severity set not null, alter column region_id set not null,
    alter column station_id set not null, alter column received_at set not null`,
  `create function decision_facts() returns trigger language plpgsql as $$ begin
    select code, severity, region_id, station_id, received_at, decide_due
      into strict new.code, new.severity, new.region_id, new.station_id, new.received_at, new.due_at
      from incidents where id = new.incident_id;
    return new;
  end $$`,
  `create trigger incident_decisions_facts before insert on incident_decisions for each row execute function decision_facts()`,
  `create index incident_decisions_time on incident_decisions (at, incident_id, round)`,
  `create index incident_decisions_outcome on incident_decisions (outcome, at)`,
  `create index incident_decisions_code on incident_decisions (code, at)`,
  `create index incident_decisions_region on incident_decisions (region_id, at)`,
  `create index incident_decisions_late on incident_decisions (at, incident_id, round) where at > due_at`,
  `create index incident_votes_voter on incident_votes (voter_id, at)`,
  `alter table incidents add column handed_by uuid references users, add column handed_at timestamptz, add column handed_reason text`,
  `create index audit_events_station on audit_events (station_id, at) where station_id is not null`,
];
