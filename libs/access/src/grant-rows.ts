import { randomUUID } from 'node:crypto';
import { AuditLog, byUser } from '@app/audit';
import type { Role, ScopeRef } from '@app/contracts';
import type { Tx } from '@app/database';
import { DomainError, InvalidFields } from '@app/platform';
import type { CurrentSession } from './current-session';
import { scopeOf } from './held-grants';
import type { HeldGrant } from './require-access';
import type { Scope } from './scope';
import { scopeColumns } from './scope-columns';

export interface GrantToGive {
  userId: string;
  role: Role;
  scope: ScopeRef;
  validFrom?: string | undefined;
  validTo?: string | undefined;
  reason: string;
}

/** Who changes rights, and by which of their own. */
export interface Giver {
  session: CurrentSession;
  grant: HeldGrant;
}

/** @throws DomainError `grant.scope-unknown`, `request.invalid` */
export async function insertGrant(tx: Tx, given: GrantToGive, by: Giver, now: Date): Promise<void> {
  const valid_from = given.validFrom === undefined ? now : new Date(given.validFrom);
  const valid_to = given.validTo === undefined ? null : new Date(given.validTo);
  if (valid_to !== null && (valid_to <= valid_from || valid_to <= now))
    throw new InvalidFields([{ field: 'validTo', rule: 'lies ahead, after validFrom' }]);
  const columns = scopeColumns(given.scope);
  const scope = await scopeOf(tx, columns);
  if (!scope) throw new DomainError('grant.scope-unknown', 'There is no such election, region or station.');
  const id = randomUUID();
  await tx
    .insertInto('grants')
    .values({
      id,
      user_id: given.userId,
      role: given.role,
      ...columns,
      valid_from,
      valid_to,
      given_by: by.session.user.id,
      reason: given.reason,
    })
    .execute();
  const detail = { grantId: id, role: given.role, scope: given.scope, validFrom: valid_from, validTo: valid_to };
  await recordGrant(tx, by, { action: 'grant.given', userId: given.userId, scope, reason: given.reason, detail });
}

interface GrantEvent {
  action: 'grant.given' | 'grant.ended';
  userId: string;
  /** undefined: the place is gone. */
  scope: Scope | undefined;
  reason: string;
  detail: Record<string, unknown>;
}

/** In the chain of the election that the right is for, and in that of accounts for rights to everything. */
export async function recordGrant(tx: Tx, { session, grant }: Giver, event: GrantEvent): Promise<void> {
  const { scope } = event;
  await AuditLog.append(tx, {
    electionId: scope && scope.kind !== 'all' ? scope.electionId : null,
    actor: byUser(session.user.id),
    grant,
    action: event.action,
    subject: { kind: 'account', id: event.userId },
    regionId: scope && 'regionId' in scope ? scope.regionId : null,
    stationId: scope?.kind === 'station' ? scope.stationId : null,
    reason: event.reason,
    detail: event.detail,
  });
}
