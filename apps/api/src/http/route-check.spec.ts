import { type RouteDefinition, routes } from '@app/contracts';
import { uncoveredRoutes } from './route-check';

describe(uncoveredRoutes, () => {
  const all: RouteDefinition[] = Object.values(routes);

  it('finds nothing when each route has one handler', () => {
    expect(uncoveredRoutes(routes, all)).toEqual([]);
  });

  it('names a route that nobody or more than one handles', () => {
    const handled = [...all.filter((route) => route !== routes.getStation), routes.signIn];
    expect(uncoveredRoutes(routes, handled)).toEqual([
      'signIn (POST /sessions) has 2 handlers',
      'getStation (GET /stations/:code) has no handler',
    ]);
  });

  it('names a handler of a route that is not in the table', () => {
    expect(uncoveredRoutes(routes, [...all, { ...routes.getStation, path: '/stray' }])).toEqual([
      'GET /stray is handled, but is no route of the table',
    ]);
  });
});
