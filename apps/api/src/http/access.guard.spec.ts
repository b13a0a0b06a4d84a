import { type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type CurrentSession, EVERYWHERE, type Identity, permissionsOf, type Place, type Scope } from '@app/access';
import { type Role, type RouteDefinition, routes } from '@app/contracts';
import { AccessGuard } from './access.guard';
import { type ApiRequest, OPEN_ROUTE, ROUTE } from './endpoint';
import type { RequestPlaces } from './request-places';

const SCOPE: Scope = { kind: 'region', electionId: 'e', regionId: 'north', regionIds: ['north'] };
let where: Place | undefined;

const sessionOfRole = (role: Role): CurrentSession => ({
  user: { id: 'u', email: 'e', name: 'n', roles: [role] },
  permissions: permissionsOf([role]),
  grants: [{ id: 'g', role, scope: SCOPE, validFrom: new Date(0), validTo: null }],
  secondFactor: 'none',
  stepUpUntil: null,
  steppedUp: false,
  by: { kind: 'session', id: 's' },
});

/** A guard for which the cookie simply names the role. */
const sut = new AccessGuard(
  new Reflector(),
  {
    of: ({ cookie = '' }) => {
      const [role = '', secondFactor = 'none'] = cookie.split(' ');
      return Promise.resolve(role ? { ...sessionOfRole(role as Role), secondFactor } : undefined);
    },
  } as unknown as Identity,
  { of: (at: string) => Promise.resolve(at === 'everywhere' ? EVERYWHERE : where) } as unknown as RequestPlaces,
);

function ask(metadata: { [ROUTE]?: RouteDefinition; [OPEN_ROUTE]?: boolean }, role?: string, type = 'http') {
  const handler = () => undefined;
  for (const key of [ROUTE, OPEN_ROUTE] as const) if (metadata[key]) Reflect.defineMetadata(key, metadata[key], handler);
  const request = { headers: { cookie: role } } as ApiRequest;
  const response = { setHeader: () => undefined };
  const context = {
    getType: () => type,
    getHandler: () => handler,
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => response }),
  } as unknown as ExecutionContext;
  return { answer: sut.canActivate(context), request };
}

describe(AccessGuard, () => {
  it('refuses a handler that has no route, whoever calls it', async () => {
    await expect(ask({}, 'admin').answer).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('refuses a route that is not of the table, even a public one', async () => {
    await expect(ask({ [ROUTE]: { ...routes.listStations } }).answer).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('refuses messages of sockets', async () => {
    await expect(ask({ [ROUTE]: routes.listStations }, 'admin', 'ws').answer).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('lets everybody through to what is public or marked open', async () => {
    await expect(ask({ [ROUTE]: routes.listStations }).answer).resolves.toBe(true);
    await expect(ask({ [OPEN_ROUTE]: true }).answer).resolves.toBe(true);
  });

  it('wants a session, and hands it on', async () => {
    await expect(ask({ [ROUTE]: routes.currentSession }).answer).rejects.toMatchObject({ code: 'session.required' });
    const { answer, request } = ask({ [ROUTE]: routes.currentSession }, 'viewer');
    await expect(answer).resolves.toBe(true);
    expect(request.session?.user.roles).toEqual(['viewer']);
  });

  it('wants one of the permissions of the route', async () => {
    await expect(ask({ [ROUTE]: routes.registerCamera }, 'observer').answer).rejects.toMatchObject({ code: 'access.denied' });
    await expect(ask({ [ROUTE]: routes.registerCamera }, 'operator').answer).resolves.toBe(true);
    await expect(ask({ [ROUTE]: routes.claimIncident }, 'admin').answer).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('wants it where the camera or station of the path lies', async () => {
    where = { electionId: 'e', regionId: 'north' };
    await expect(ask({ [ROUTE]: routes.changeCamera }, 'operator').answer).resolves.toBe(true);
    where = { electionId: 'e', regionId: 'south' };
    await expect(ask({ [ROUTE]: routes.changeCamera }, 'operator').answer).rejects.toMatchObject({ code: 'access.denied' });
    await expect(ask({ [ROUTE]: routes.importStations }, 'operator').answer).rejects.toMatchObject({ code: 'access.denied' });
    where = undefined;
    await expect(ask({ [ROUTE]: routes.changeCamera }, 'operator').answer).resolves.toBe(true);
  });

  it.each(['to-enrol', 'to-show'])('lets nobody do anything but that whose second factor is %s', async (state) => {
    const refused = { code: 'access.second-factor-needed' };
    for (const route of [routes.registerCamera, routes.listTokens, routes.createToken])
      await expect(ask({ [ROUTE]: route }, `operator ${state}`).answer).rejects.toMatchObject(refused);
    for (const route of [routes.currentSession, routes.beginSecondFactor, routes.stepUp, routes.signOut])
      await expect(ask({ [ROUTE]: route }, `operator ${state}`).answer).resolves.toBe(true);
  });
});
