import { randomUUID } from 'node:crypto';
import type { Row, Tx } from '@app/database';

export interface NewIncidentEvent {
  incidentId: string;
  type: Row<'incident_events'>['type'];
  /** Null: the system. */
  actorId: string | null;
  at: Date;
  detail: Record<string, unknown>;
}

/** Adds to the record of an incident, in the transaction of what happened. Nothing takes from it. */
export async function recordEvent(tx: Tx, event: NewIncidentEvent): Promise<void> {
  await tx
    .insertInto('incident_events')
    .values({
      id: randomUUID(),
      incident_id: event.incidentId,
      type: event.type,
      actor_id: event.actorId,
      at: event.at,
      detail: JSON.stringify(event.detail),
    })
    .execute();
}
