import type { Accreditation, AccreditationDocument, OwnApplication } from '@app/contracts';
import type { Db, Row } from '@app/database';
import { type AccreditationRow, isApproved } from './accreditation-rows';
import { isOverdue } from './deadline';
import { toWords } from './scopes';
import { stateAt } from './transitions';

type EventRow = Pick<Row<'accreditation_events'>, 'action' | 'at' | 'reason'>;

export async function toOwnApplication(db: Db, row: AccreditationRow, now: Date): Promise<OwnApplication> {
  const [documents, events] = await Promise.all([documentsOf(db, row.id), eventsOf(db, row.id)]);
  const scope = isApproved(row) ? (await toWords(db, row)).words : null;
  const { phone: _, ...shared } = toShared(row, now);
  return { ...shared, reason: row.reason, questions: questionsIn(events), documents, scope, hasAccount: row.user_id !== null };
}

export function toListed(row: AccreditationRow & { documents: number }, now: Date): Accreditation {
  const { phone: _, ...shared } = toShared(row, now);
  return { ...shared, documents: row.documents };
}

export function toShared(row: AccreditationRow, now: Date) {
  return {
    id: row.id,
    state: stateAt({ state: row.state, validTo: row.valid_to }, now),
    name: row.name,
    email: row.email,
    phone: row.phone,
    kind: row.kind,
    organisation: row.organisation,
    submittedAt: row.submitted_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    overdue: row.decided_at === null && isOverdue({ dueAt: row.due_at, askedAt: row.asked_at }, now),
    number: row.number,
    validFrom: row.valid_from?.toISOString() ?? null,
    validTo: row.valid_to?.toISOString() ?? null,
  };
}

export async function documentsOf(db: Db, id: string): Promise<AccreditationDocument[]> {
  const rows = await db
    .selectFrom('accreditation_documents')
    .selectAll()
    .where('accreditation_id', '=', id)
    .orderBy('added_at')
    .orderBy('id')
    .execute();
  return rows.map(toDocument);
}

export function toDocument(row: Row<'accreditation_documents'>): AccreditationDocument {
  const { id, name, type, bytes, sha256 } = row;
  return { id, name, type, bytes, sha256, addedAt: row.added_at.toISOString() };
}

export function eventsOf(db: Db, id: string) {
  return db
    .selectFrom('accreditation_events')
    .leftJoin('users', 'users.id', 'accreditation_events.actor_id')
    .select(['action', 'from_state', 'to_state', 'at', 'reason', 'actor_id', 'users.name as actor'])
    .where('accreditation_id', '=', id)
    .orderBy('seq')
    .execute();
}

/** A question and what came after it belong together: there is never more than one open. */
export function questionsIn(events: readonly EventRow[]): OwnApplication['questions'] {
  const questions: OwnApplication['questions'] = [];
  for (const { action, at, reason } of events) {
    const open = questions.at(-1);
    if (action === 'ask') questions.push({ question: reason ?? '', askedAt: at.toISOString(), answer: null, answeredAt: null });
    else if (action === 'answer' && open) Object.assign(open, { answer: reason, answeredAt: at.toISOString() });
  }
  return questions;
}
