import { AuditLog, type AuditEntry, byUser } from '@app/audit';
import type { HeldGrant } from '@app/access';
import type { Tx } from '@app/database';
import type { Action, StoredState } from './transitions';

/** Who acted: the holder of the reference, or somebody with an account and the grant that allowed it. */
export type Actor = { kind: 'applicant' } | { kind: 'decider'; userId: string; grant: HeldGrant };

export interface Step {
  accreditation: { id: string; election_id: string };
  action: Action;
  from: StoredState | null;
  to: StoredState;
  at: Date;
  actor: Actor;
  reason: string | null;
  detail?: Record<string, unknown>;
}

/** Puts a step on record twice, in its own transaction: in the history that people read, and in the audit chain. Comes last in it. */
export async function recordStep(tx: Tx, step: Step): Promise<void> {
  await tx
    .insertInto('accreditation_events')
    .values({
      accreditation_id: step.accreditation.id,
      action: step.action,
      from_state: step.from,
      to_state: step.to,
      at: step.at,
      actor_id: step.actor.kind === 'decider' ? step.actor.userId : null,
      reason: step.reason,
    })
    .execute();
  await AuditLog.append(tx, {
    ...auditActor(step.actor),
    electionId: step.accreditation.election_id,
    action: `accreditation.${step.action}`,
    subject: { kind: 'accreditation', id: step.accreditation.id },
    from: step.from,
    to: step.to,
    reason: step.reason,
    at: step.at,
    ...(step.detail && { detail: step.detail }),
  });
}

export function auditActor(actor: Actor): Pick<AuditEntry, 'actor' | 'grant'> {
  if (actor.kind === 'applicant') return { actor: { kind: 'public' } };
  return { actor: byUser(actor.userId), grant: { role: actor.grant.role, scope: actor.grant.scope } };
}
