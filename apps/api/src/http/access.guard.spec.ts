import { type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type CurrentSession, permissionsOf, type Sessions } from '@app/access';
import { type Role, type RouteDefinition, routes } from '@app/contracts';
import { AccessGuard } from './access.guard';
import { type ApiRequest, OPEN_ROUTE, ROUTE } from './endpoint';

const sessionOfRole = (role: Role): CurrentSession => ({
  user: { id: 'u', email: 'e', name: 'n', roles: [role] },
  permissions: permissionsOf([role]),
  grants: [],
  steppedUp: false,
  tokenHash: Buffer.alloc(0),
});

/** A guard for which the cookie simply names the role. */
const sut = new AccessGuard(new Reflector(), {
  sessionOf: (cookie: string | undefined) => Promise.resolve(cookie ? sessionOfRole(cookie as Role) : undefined),
} as unknown as Sessions);

function ask(metadata: { [ROUTE]?: RouteDefinition; [OPEN_ROUTE]?: boolean }, role?: Role, type = 'http') {
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
    await expect(ask({ [ROUTE]: routes.flagIncident }, 'admin').answer).rejects.toMatchObject({ code: 'access.denied' });
  });
});
