import type { Role } from '@app/contracts';
import { permissionsOf } from './permissions';
import { type HeldGrant, reachOf, requireAccess, requireStepUp, type Rights } from './require-access';
import { EVERYWHERE, type Scope } from './scope';

const grant = (role: Role, scope: Scope): HeldGrant => ({
  id: `${role} ${scope.kind}`,
  role,
  scope,
  validFrom: new Date(0),
  validTo: null,
});
const rights = (...grants: HeldGrant[]): Rights => ({ permissions: permissionsOf(grants.map(({ role }) => role)), grants });
const north: Scope = { kind: 'region', electionId: 'e', regionId: 'north', regionIds: ['north', 'north-1'] };
const south: Scope = { kind: 'region', electionId: 'e', regionId: 'south', regionIds: ['south'] };

const withCode = (code: string): Error => expect.objectContaining({ code }) as Error;

describe(requireAccess, () => {
  it('lets through what a grant gives where it gives it, and says which', () => {
    const session = rights(grant('observer', { kind: 'all' }), grant('triage', north));
    expect(requireAccess(session, 'incident.triage', { electionId: 'e', regionId: 'north-1' }).id).toBe('triage region');
    expect(requireAccess(session, 'incident.flag', { electionId: 'e', regionId: 'south' }).id).toBe('observer all');
    expect(requireAccess(session, 'incident.triage').id).toBe('triage region');
  });

  it('refuses another place, even with another grant there', () => {
    const session = rights(grant('observer', { kind: 'all' }), grant('triage', north));
    for (const place of [{ electionId: 'e', regionId: 'south' }, { electionId: 'e' }, EVERYWHERE] as const)
      expect(() => requireAccess(session, 'incident.triage', place)).toThrow(withCode('access.denied'));
  });

  it('refuses what no grant gives', () => {
    for (const session of [rights(), rights(grant('admin', { kind: 'all' }))])
      expect(() => requireAccess(session, 'incident.review')).toThrow(withCode('access.denied'));
  });

  it('refuses what a token leaves out, though its owner has it', () => {
    const session = { ...rights(grant('triage', { kind: 'all' })), permissions: ['incident.read-all'] as const };
    expect(() => requireAccess(session, 'incident.triage')).toThrow(withCode('access.denied'));
  });
});

describe(reachOf, () => {
  it('lists the scopes of the grants that give the permission', () => {
    const session = rights(grant('triage', north), grant('observer', south));
    expect(reachOf(session, 'incident.triage')).toEqual([north]);
    expect(reachOf(session, 'incident.flag')).toEqual([north, south]);
    expect(reachOf(session, 'incident.review')).toEqual([]);
  });

  it('is everything as soon as one of them is', () => {
    expect(reachOf(rights(grant('triage', north), grant('triage', { kind: 'all' })), 'incident.triage')).toEqual([
      { kind: 'all' },
    ]);
  });
});

describe(requireStepUp, () => {
  it('asks for the second factor unless it was just shown', () => {
    expect(() => requireStepUp({ steppedUp: true })).not.toThrow();
    expect(() => requireStepUp({ steppedUp: false })).toThrow(withCode('access.step-up-needed'));
  });
});
