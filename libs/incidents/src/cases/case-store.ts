import type { Db, Row, Tx } from '@app/database';
import { DomainError } from '@app/platform';
import type { Case, Span } from './case';
import { toCase } from './case-row';

/** An incident as it is stored, and as the rules see it. */
export interface StoredCase {
  row: Row<'incidents'>;
  incident: Case;
  votes: Row<'incident_votes'>[];
}

/**
 * The incident, locked until the transaction ends.
 * @param other another that is locked too: both in one order, so that two who merge crosswise do not wait for each other
 * @throws DomainError `incident.not-found`
 */
export async function lockCase(tx: Tx, id: string, other?: string): Promise<StoredCase> {
  const ids = other === undefined ? [id] : [id, other];
  await tx.selectFrom('incidents').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
  const found = await readCase(tx, id);
  if (!found) throw notFound();
  return found;
}

export const notFound = () => new DomainError('incident.not-found', 'There is no such incident.');

export async function readCase(db: Db | Tx, id: string): Promise<StoredCase | undefined> {
  const row = await db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const votes = await db
    .selectFrom('incident_votes')
    .selectAll()
    .where('incident_id', '=', id)
    .orderBy('at')
    .orderBy('id')
    .execute();
  const merged = await db.selectFrom('incidents').select('reporter_organisation').where('merged_into', '=', id).execute();
  const deployment = await db.selectFrom('deployment').select('id').executeTakeFirst();
  const mergedOrganisations = merged.map((each) => each.reporter_organisation);
  return { row, votes, incident: toCase({ row, votes, mergedOrganisations, samplingKey: deployment?.id ?? row.election_id }) };
}

/** The audit event of a stretch that somebody played. */
export const PLAYED = 'footage.played';

/** What somebody has played of an incident's record, as the audit log has it. */
export async function playedBy(db: Db | Tx, incidentId: string, userId: string): Promise<Span[]> {
  const events = await db
    .selectFrom('audit_events')
    .select('detail')
    .where('subject_kind', '=', 'incident')
    .where('subject_id', '=', incidentId)
    .where('actor_id', '=', userId)
    .where('action', '=', PLAYED)
    .execute();
  return events.flatMap(({ detail }) =>
    (detail.ranges as { from: string; to: string }[]).map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) })),
  );
}
