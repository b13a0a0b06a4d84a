import { randomUUID } from 'node:crypto';
import { permissionsOf, type HeldGrant, type Scope } from '@app/access';
import type { Permission, Role } from '@app/contracts';

/** What somebody with one grant may do now, for services that are called without the api. */
export function rightsOf(
  role: Role,
  scope: Scope = { kind: 'all' },
): { permissions: Permission[]; grants: HeldGrant[]; steppedUp: boolean } {
  const grant = { id: randomUUID(), role, scope, validFrom: new Date(0), validTo: null };
  return { permissions: permissionsOf([role]), grants: [grant], steppedUp: true };
}
