import { randomUUID } from 'node:crypto';
import type { Addendum } from '@app/contracts';
import type { Row, Tx } from '@app/database';

export interface NewText {
  incidentId: string;
  kind: Addendum['kind'];
  text: string;
  authorId: string | null;
  at: Date;
}

/** Text added to an incident; nothing ever changes it. @returns its id */
export async function keepAddendum(tx: Tx, { incidentId, kind, text, authorId, at }: NewText): Promise<string> {
  const id = randomUUID();
  await tx.insertInto('incident_addenda').values({ id, incident_id: incidentId, kind, text, author_id: authorId, at }).execute();
  return id;
}

export function toAddendum(row: Row<'incident_addenda'>, author: string | null): Addendum {
  return { id: row.id, kind: row.kind, text: row.text, author, at: row.at.toISOString() };
}
