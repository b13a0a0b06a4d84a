import { randomUUID } from 'node:crypto';
import type { HeldGrant } from '@app/access';
import { AuditLog, byUser } from '@app/audit';
import type { Row, Tx } from '@app/database';
import { DomainError } from '@app/platform';
import type { HoldPlace } from './hold-access';

/** The row, locked until the transaction ends. @throws DomainError `hold.not-found` */
export async function lockedHold(tx: Tx, id: string): Promise<Row<'holds'>> {
  const hold = await tx.selectFrom('holds').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (!hold) throw new DomainError('hold.not-found', 'There is no such hold.');
  return hold;
}

/** @throws DomainError `hold.released` */
export function requireUnreleased(hold: Row<'holds'>): void {
  if (hold.released_at !== null) throw new DomainError('hold.released', 'This hold was released.');
}

export interface HoldAct {
  holdId: string;
  type: Row<'hold_events'>['type'];
  actorId: string;
  at: Date;
  reason: string;
  expiresAt?: Date | null;
  /** What allowed it, and where. */
  grant: HeldGrant;
  place: HoldPlace;
}

/** What was done to a hold: written once, in the transaction of the change, and to the audit log. Comes last in it. */
export async function recordHoldEvent(tx: Tx, act: HoldAct): Promise<void> {
  const { holdId, type, actorId, at, reason, expiresAt = null, grant, place } = act;
  await tx
    .insertInto('hold_events')
    .values({ id: randomUUID(), hold_id: holdId, type, actor_id: actorId, at, reason, expires_at: expiresAt })
    .execute();
  await AuditLog.append(tx, {
    ...place,
    actor: byUser(actorId),
    grant,
    action: `hold.${type}`,
    subject: { kind: 'hold', id: holdId },
    reason,
    at,
    detail: { expiresAt: expiresAt?.toISOString() ?? null },
  });
}
