import { type Permission, type Role, ROLE_PERMISSIONS } from '@app/contracts';
import { DomainError } from '@app/platform';
import { covers, type Place, type Scope } from './scope';

/** A right that an account holds now: a role in a scope. */
export interface HeldGrant {
  id: string;
  role: Role;
  scope: Scope;
  validFrom: Date;
  /** null: until somebody ends it. */
  validTo: Date | null;
}

/** What decides about access, of whoever acts. */
export interface Rights {
  /** What the session may do at all; a personal token's may be less than its owner's grants give. */
  permissions: readonly Permission[];
  /** Those that are valid now. */
  grants: readonly HeldGrant[];
}

/**
 * Line one of every method that does something for somebody. Refuses unless a grant that is valid now gives the
 * permission and covers the place.
 * @param place what is touched; left out only where the answer is then limited to `reachOf(session, permission)`
 * @returns the grant that allows it, for the audit log
 * @throws DomainError `access.denied`
 */
export function requireAccess(session: Rights, permission: Permission, place?: Place): HeldGrant {
  const grant = grantsFor(session, permission).find(({ scope }) => place === undefined || covers(scope, place));
  if (grant) return grant;
  throw new DomainError('access.denied', 'Your account may not do this here.', { needsOneOf: [permission] });
}

/** Whether `requireAccess` would let it through. */
export function hasAccess(session: Rights, permission: Permission, place?: Place): boolean {
  return grantsFor(session, permission).some(({ scope }) => place === undefined || covers(scope, place));
}

/** Where the session holds the permission: no scope at all where it does not. */
export function reachOf(session: Rights, permission: Permission): Scope[] {
  const scopes = grantsFor(session, permission).map((grant) => grant.scope);
  return scopes.some((scope) => scope.kind === 'all') ? [{ kind: 'all' }] : scopes;
}

/**
 * For decisions, holds and exports: the second factor was shown within the last ten minutes.
 * @throws DomainError `access.step-up-needed`
 */
export function requireStepUp(session: { steppedUp: boolean }): void {
  if (session.steppedUp) return;
  throw new DomainError('access.step-up-needed', 'Show your second factor again, then repeat this.');
}

function grantsFor({ permissions, grants }: Rights, permission: Permission): HeldGrant[] {
  if (!permissions.includes(permission)) return [];
  return grants.filter((grant) => ROLE_PERMISSIONS[grant.role].includes(permission));
}
