import {
  hasAccess,
  heldGrants,
  type HeldGrant,
  type PlaceWithin,
  requireAccess,
  requirePermission,
  type Rights,
} from '@app/access';
import { ROLE_PERMISSIONS } from '@app/contracts';
import type { Tx } from '@app/database';
import { DomainError } from '@app/platform';
import type { Actor } from './cases/case-access';

/**
 * Whether a session may flag at all. A grant that has ended since the frame was seen is no reason to lose the flag, but
 * a personal token that was not made for flagging is.
 * @throws DomainError `access.denied`
 */
export function requireFlagging(actor: Rights): void {
  const isFlagger = actor.grants.some(({ role }) => ROLE_PERMISSIONS[role].includes('incident.flag'));
  if (isFlagger) requirePermission(actor, 'incident.flag');
}

/**
 * The grant that was valid for a place at the flagged time, and the reporter's organisation.
 * @throws DomainError `access.denied` when they could never flag, `incident.not-accredited`
 */
export async function accreditationAt(
  tx: Tx,
  actor: Actor,
  place: Required<PlaceWithin>,
  at: Date,
): Promise<{ grant: HeldGrant; organisation: string | null }> {
  const rights: Rights = { permissions: ['incident.flag'], grants: await heldGrants(tx, actor.user.id, at) };
  const where = { electionId: place.electionId, regionId: place.regionId, stationId: place.stationId };
  if (!hasAccess(rights, 'incident.flag', where)) {
    if (!hasAccess(rights, 'incident.flag')) requirePermission(actor, 'incident.flag');
    throw new DomainError('incident.not-accredited', 'Your accreditation was not valid for this station at the flagged time.');
  }
  const account = await tx.selectFrom('users').select('organisation').where('id', '=', actor.user.id).executeTakeFirst();
  return { grant: requireAccess(rights, 'incident.flag', where), organisation: account?.organisation ?? null };
}
