import type { EventName, EventPayload } from '@app/contracts';
import type { Tx } from '@app/database';

/** Announces an event if, and only if, the transaction commits. Kick the `OutboxRelay` after the commit. */
export async function writeOutbox<N extends EventName>(tx: Tx, event: N, payload: EventPayload<N>): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({ event, payload: JSON.stringify(payload) })
    .execute();
}
