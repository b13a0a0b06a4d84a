import { type RouteDefinition, routes } from '@app/contracts';
import { DomainError } from '@app/platform';
import { checkInput, type RawInput } from './route-input';

const id = '5f1d7a52-6f0e-4f5c-8a8f-0a4d5c1b2e3f';
const check = (route: RouteDefinition, raw: Partial<RawInput>) =>
  checkInput(route, { params: {}, query: {}, body: undefined, contentType: 'application/json', ...raw });

function refusalOf(route: RouteDefinition, raw: Partial<RawInput>): DomainError {
  try {
    check(route, raw);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('was let through');
}

describe(checkInput, () => {
  const camera = { stationCode: '0101', name: 'Hall', source: 'push:rtmp' };

  it('gives what the schemas make of a request', () => {
    expect(check(routes.listStations, { query: { limit: '20', q: 'north' } }).query).toEqual({ limit: 20, q: 'north' });
    expect(check(routes.listStations, {}).query).toEqual({ limit: 50 });
    expect(check(routes.registerCamera, { body: { ...camera, name: ' Hall ' } }).body).toEqual(camera);
  });

  it.each([
    ['an unknown field', routes.registerCamera, { body: { ...camera, colour: 'red' } }, 'colour'],
    ['a missing field', routes.registerCamera, { body: { stationCode: '0101', name: 'Hall' } }, 'source'],
    ['a wrong type', routes.registerCamera, { body: { ...camera, position: '1' } }, 'position'],
    ['no object', routes.registerCamera, { body: [camera] }, 'body'],
    ['an id that is none', routes.getCamera, { params: { id: '17' } }, 'id'],
    ['no number', routes.listStations, { query: { limit: 'many' } }, 'limit'],
    ['a field in a query that has none', routes.listRegions, { query: { q: 'x' } }, 'q'],
    ['a body where none is', routes.probeCamera, { params: { id }, body: { a: 1 } }, 'a'],
    ['a NUL character', routes.registerCamera, { body: { ...camera, name: 'a\u0000' } }, 'body'],
  ] as const)('cannot read %s', (_what, route, raw, field) => {
    const refusal = refusalOf(route, raw);
    expect(refusal.code).toBe('request.malformed');
    expect(refusal.details).toContainEqual({ field, rule: expect.any(String) as string });
  });

  it.each([
    ['too large a page', routes.listStations, { query: { limit: '201' } }, 'limit'],
    ['a state that is none', routes.listStations, { query: { state: 'green' } }, 'state'],
    ['an empty name', routes.registerCamera, { body: { ...camera, name: ' ' } }, 'name'],
    ['no change at all', routes.changeCamera, { params: { id }, body: {} }, 'body'],
  ] as const)('says that a rule is broken by %s', (_what, route, raw, field) => {
    const refusal = refusalOf(route, raw);
    expect(refusal.code).toBe('request.invalid');
    expect(refusal.details).toEqual([{ field, rule: expect.any(String) as string }]);
  });

  it('calls a request malformed that is both', () => {
    expect(refusalOf(routes.registerCamera, { body: { ...camera, name: '', colour: 'red' } }).code).toBe('request.malformed');
  });

  it('names every problem and repeats no value', () => {
    const refusal = refusalOf(routes.signIn, { body: { email: 's3cret', password: '', totp: 's3cret' } });
    expect((refusal.details as unknown[]).length).toBe(3);
    expect(JSON.stringify([refusal.message, refusal.details])).not.toContain('s3cret');
  });

  it.each([
    [routes.registerCamera, 'text/plain'],
    [routes.registerCamera, undefined],
    [routes.importStations, 'application/json'],
  ])('wants the media type of the route', (route, contentType) => {
    expect(refusalOf(route, { contentType }).code).toBe('request.malformed');
  });
});
