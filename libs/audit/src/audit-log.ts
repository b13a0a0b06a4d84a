import { sql } from 'kysely';
import type { Db, Tx } from '@app/database';
import { currentRequestId } from '@app/platform';
import type { AuditActor, AuditFacts, AuditSubject } from './audit-event';
import { bodyOf, CHAIN_START } from './chain';

/** The chain of what belongs to no election: accounts, sessions. */
export const NO_ELECTION = '00000000-0000-0000-0000-000000000000';

/** What a grant reaches: the narrowest of the ids counts. */
export interface GrantScope {
  kind: string;
  electionId?: string;
  regionId?: string;
  stationId?: string;
}

export interface AuditEntry {
  /** Null: it belongs to no election. */
  electionId: string | null;
  actor: AuditActor;
  /** The grant that allowed it, as `requireAccess` gives it. */
  grant?: { role: string; scope: GrantScope } | null;
  /** What was done, as `subject.verb`: `incident.claimed`, `footage.played`. */
  action: string;
  subject: AuditSubject;
  regionId?: string | null;
  stationId?: string | null;
  from?: string | null;
  to?: string | null;
  reason?: string | null;
  /** Absent: that of the request that is being answered. */
  requestId?: string | null;
  detail?: Record<string, unknown>;
  /** Server time; absent: now. */
  at?: Date;
}

/**
 * Adds an event to the chain of its election, in the transaction of what happened. Holds the head of the chain from
 * here to the commit, so it comes last in a transaction that others wait for.
 * @returns its number in the chain
 */
async function append(tx: Tx, entry: AuditEntry): Promise<number> {
  const facts = factsOf(entry);
  const body = bodyOf(facts);
  const { rows } = await sql<{ seq: number }>`
    with head as (
      insert into audit_heads as known (election_id, seq, previous_hash, hash)
      values (${facts.electionId}::uuid, 1, ${CHAIN_START}::bytea, sha256(${CHAIN_START}::bytea || convert_to(${body}, 'UTF8')))
      on conflict (election_id) do update set
        seq = known.seq + 1, previous_hash = known.hash, hash = sha256(known.hash || convert_to(${body}, 'UTF8'))
      returning seq, previous_hash, hash)
    insert into audit_events (election_id, seq, at, actor_kind, actor_id, grant_role, grant_scope, action, subject_kind,
      subject_id, region_id, station_id, from_value, to_value, reason, request_id, detail, previous_hash, hash)
    select ${facts.electionId}::uuid, seq, ${facts.at}::timestamptz, ${facts.actor.kind}::text, ${actorId(facts.actor)}::uuid,
      ${facts.grant?.role ?? null}::text, ${facts.grant?.scope ?? null}::text, ${facts.action}::text, ${facts.subject.kind}::text,
      ${facts.subject.id}::text, ${facts.regionId}::uuid, ${facts.stationId}::uuid, ${facts.from}::text, ${facts.to}::text,
      ${facts.reason}::text, ${facts.requestId}::text, ${JSON.stringify(facts.detail)}::jsonb, previous_hash, hash
    from head returning seq`.execute(tx);
  const [event] = rows;
  if (!event) throw new Error('An audit event was not written');
  return event.seq;
}

/** What one person does with one thing in many requests, a player's for instance, is one visit within this. */
const VISIT_MS = 15 * 60_000;

/**
 * Adds an event unless the same person has the same one, detail included, from the last quarter of an hour. Requests that come at the same
 * moment may each add one: too many tell more than too few.
 */
async function appendVisit(db: Db, entry: AuditEntry & { at: Date }): Promise<void> {
  const { actor, action, subject, detail, at } = factsOf(entry);
  const told = await db
    .selectFrom('audit_events')
    .select('seq')
    .where('subject_kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .where('at', '>', new Date(at.getTime() - VISIT_MS))
    .where('action', '=', action)
    .where('actor_id', 'is not distinct from', actorId(actor))
    .where(sql<boolean>`detail = ${JSON.stringify(detail)}::jsonb`)
    .limit(1)
    .executeTakeFirst();
  if (!told) await db.transaction().execute((tx) => append(tx, entry));
}

/** The only way to write to the audit log. */
export const AuditLog = { append, appendVisit };

export const bySystem: AuditActor = { kind: 'system' };
export const byUser = (id: string): AuditActor => ({ kind: 'user', id });

function factsOf(entry: AuditEntry): AuditFacts {
  const { grant, actor } = entry;
  return {
    electionId: entry.electionId ?? NO_ELECTION,
    at: entry.at ?? new Date(),
    actor: actor.kind === 'user' ? { kind: 'user', id: actor.id } : { kind: actor.kind },
    grant: grant ? { role: grant.role, scope: scopeText(grant.scope) } : null,
    action: entry.action,
    subject: { kind: entry.subject.kind, id: entry.subject.id },
    regionId: entry.regionId ?? null,
    stationId: entry.stationId ?? null,
    from: entry.from ?? null,
    to: entry.to ?? null,
    reason: entry.reason ?? null,
    requestId: entry.requestId === undefined ? (currentRequestId() ?? null) : entry.requestId,
    detail: JSON.parse(JSON.stringify(entry.detail ?? {})) as Record<string, unknown>,
  };
}

function scopeText({ kind, electionId, regionId, stationId }: GrantScope): string {
  const id = stationId ?? regionId ?? electionId;
  return id === undefined ? kind : `${kind}:${id}`;
}

function actorId(actor: AuditActor): string | null {
  return actor.kind === 'user' ? actor.id : null;
}
