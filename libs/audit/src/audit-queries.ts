import { type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import type { Database, Db } from '@app/database';
import { toChainedEvent } from './chained-events';
import type { AuditActor, ChainedEvent } from './audit-event';

export interface AuditFilter {
  actorId?: string;
  /** One of these acted; empty: nobody did. */
  actorIds?: readonly string[];
  actorKind?: AuditActor['kind'];
  /** A whole action, or its first part: `incident` finds `incident.claimed`. */
  action?: string;
  subject?: { kind: string; id?: string };
  /** The number of an incident. */
  incident?: number;
  /** The code of a station. */
  station?: string;
  electionId?: string;
  from?: Date;
  to?: Date;
  /** Incidents reported by this person. */
  reportedBy?: string;
  /** At least one of these has to hold; absent: everything is in reach. */
  within?: AuditReach[];
}

export type AuditReach = { electionId: string } | { regionIds: readonly string[] } | { stationId: string };

/** Where a page of the search ended. */
export interface AuditPosition {
  at: Date;
  electionId: string;
  seq: number;
}

export type FoundEvent = ChainedEvent & { actorName: string | null };
type Where = ExpressionBuilder<Database, 'audit_events'>;

/** Newest first, over all chains. @returns up to `limit` events and whether there are more */
export async function searchAudit(
  db: Db,
  filter: AuditFilter,
  limit: number,
  after?: AuditPosition,
): Promise<{ events: FoundEvent[]; hasMore: boolean }> {
  const rows = await db
    .selectFrom('audit_events')
    .where((eb) => eb.and(conditions(eb, filter)))
    .$if(after !== undefined, (query) =>
      query.where(sql<SqlBool>`(at, election_id, seq) < (${after?.at}, ${after?.electionId}, ${after?.seq})`),
    )
    .selectAll()
    .select((eb) =>
      eb.selectFrom('users').select('users.name').whereRef('users.id', '=', 'audit_events.actor_id').as('actor_name'),
    )
    .orderBy('at', 'desc')
    .orderBy('election_id', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit + 1)
    .execute();
  const events = rows.slice(0, limit).map((row) => ({ ...toChainedEvent(row), actorName: row.actor_name }));
  return { events, hasMore: rows.length > limit };
}

function conditions(eb: Where, filter: AuditFilter) {
  const wanted = [];
  const { action, subject, within } = filter;
  if (filter.actorId !== undefined) wanted.push(eb('actor_id', '=', filter.actorId));
  if (filter.actorIds) wanted.push(sql<SqlBool>`actor_id = any(${[...filter.actorIds]}::uuid[])`);
  if (filter.actorKind !== undefined) wanted.push(eb('actor_kind', '=', filter.actorKind));
  if (filter.electionId !== undefined) wanted.push(eb('election_id', '=', filter.electionId));
  if (filter.station !== undefined)
    wanted.push(sql<SqlBool>`station_id in (select id from stations where code = ${filter.station})`);
  if (filter.incident !== undefined)
    wanted.push(
      sql<SqlBool>`(subject_kind = 'incident' and subject_id in (select id::text from incidents where number = ${filter.incident}))`,
    );
  if (action !== undefined) wanted.push(action.includes('.') ? eb('action', '=', action) : startsWith(eb, `${action}.`));
  if (subject) wanted.push(eb('subject_kind', '=', subject.kind));
  if (subject?.id !== undefined) wanted.push(eb('subject_id', '=', subject.id));
  if (filter.from) wanted.push(eb('at', '>=', filter.from));
  if (filter.to) wanted.push(eb('at', '<', filter.to));
  if (filter.reportedBy !== undefined) wanted.push(reportedBy(filter.reportedBy));
  if (within) wanted.push(eb.or(within.map((reach) => lies(eb, reach))));
  return wanted;
}

function startsWith(eb: Where, text: string) {
  return eb.and([eb('action', '>=', text), eb('action', '<', `${text}\uffff`)]);
}

function reportedBy(userId: string) {
  return sql<SqlBool>`(subject_kind = 'incident' and subject_id in (select id::text from incidents where reporter_id = ${userId}))`;
}

function lies(eb: Where, reach: AuditReach) {
  if ('electionId' in reach) return eb('election_id', '=', reach.electionId);
  if ('stationId' in reach) return eb('station_id', '=', reach.stationId);
  return eb('region_id', 'in', [...reach.regionIds]);
}
