import { randomUUID } from 'node:crypto';
import type { NewRow, Row, Tx } from '@app/database';
import { DomainError } from '@app/platform';

/** The row, locked until the transaction ends. @throws DomainError `hold.not-found`, `hold.released` */
export async function openHold(tx: Tx, id: string): Promise<Row<'holds'>> {
  const hold = await tx.selectFrom('holds').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!hold) throw new DomainError('hold.not-found', 'There is no such hold.');
  if (hold.released_at !== null) throw new DomainError('hold.released', 'This hold was released.');
  return hold;
}

/** What was done to a hold: written once, in the transaction of the change. */
export async function recordHoldEvent(
  tx: Tx,
  event: Omit<NewRow<'hold_events'>, 'id' | 'expires_at'> & { expires_at?: Date | null },
) {
  await tx
    .insertInto('hold_events')
    .values({ expires_at: null, ...event, id: randomUUID() })
    .execute();
}
