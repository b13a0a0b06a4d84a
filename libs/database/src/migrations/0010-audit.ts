import { type Kysely, sql } from 'kysely';

/** The audit log: one chain of hashes for each election, and nothing that was written can be changed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // The row that is locked while an event is added: one writer at a time for each chain.
  `create table audit_heads (
    election_id uuid primary key, seq bigint not null, previous_hash bytea not null, hash bytea not null,
    check (length(previous_hash) = 32 and length(hash) = 32)) with (fillfactor = 50)`,
  `create table audit_events (
    election_id uuid not null, seq bigint not null, at timestamptz not null,
    actor_kind text not null check (actor_kind in ('user', 'system', 'public')), actor_id uuid references users,
    grant_role text, grant_scope text, action text not null, subject_kind text not null, subject_id text not null,
    region_id uuid, station_id uuid, from_value text, to_value text, reason text, request_id text, detail jsonb not null,
    previous_hash bytea not null, hash bytea not null,
    primary key (election_id, seq), check ((actor_kind = 'user') = (actor_id is not null)))`,
  `create index audit_events_time on audit_events (at, election_id, seq)`,
  `create index audit_events_subject on audit_events (subject_kind, subject_id, at)`,
  `create index audit_events_actor on audit_events (actor_id, at) where actor_id is not null`,
  `create index audit_events_action on audit_events (action, at)`,
  `create trigger audit_events_append_only before update or delete or truncate on audit_events for each statement execute function refuse_change()`,
  `create function audit_heads_go_on() returns trigger language plpgsql as $$ begin
    if new.election_id is distinct from old.election_id or new.seq <> old.seq + 1 or new.previous_hash <> old.hash then
      raise exception 'audit_heads only goes on';
    end if;
    return new;
  end $$`,
  `create trigger audit_heads_go_on before update on audit_heads for each row execute function audit_heads_go_on()`,
  `create trigger audit_heads_stay before delete or truncate on audit_heads for each statement execute function refuse_change()`,
];
