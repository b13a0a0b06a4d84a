import { type Permission, PERMISSIONS, type Role, ROLE_PERMISSIONS, ROLES } from '@app/contracts';
import { DomainError } from '@app/platform';

/** Everything these roles may do, in the order of the table. */
export function permissionsOf(roles: readonly Role[]): Permission[] {
  const granted = new Set(roles.flatMap((role) => ROLE_PERMISSIONS[role]));
  return PERMISSIONS.filter((permission) => granted.has(permission));
}

export function inOrder(roles: readonly Role[]): Role[] {
  return ROLES.filter((role) => roles.includes(role));
}

/** @throws DomainError `access.denied` when the session holds none of these. */
export function requirePermission(session: { readonly permissions: readonly Permission[] }, ...anyOf: Permission[]): void {
  if (anyOf.some((permission) => session.permissions.includes(permission))) return;
  throw new DomainError('access.denied', 'Your account may not do this.', { needsOneOf: anyOf });
}
