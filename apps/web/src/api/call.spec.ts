import { routes } from '@app/contracts';
import { ApiError, call, urlOf } from './call';

const answer = (status: number, body: unknown) =>
  jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(body === undefined ? null : JSON.stringify(body), { status }));

afterEach(() => jest.restoreAllMocks());

describe('calling a route', () => {
  it('encodes a station code with a slash as one path segment', () => {
    expect(urlOf(routes.getStation, { params: { code: 'NOR-17/3' } })).toBe('/api/v1/stations/NOR-17%2F3');
  });

  it('leaves out query fields that are not given', () => {
    expect(urlOf(routes.listStations, { query: { q: '', region: undefined, limit: 24 } })).toBe('/api/v1/stations?limit=24');
  });

  it('sends the idempotency key and the body', async () => {
    const fetched = answer(201, { id: 'x' });
    const flag = { cameraId: 'c', at: 't', clock: { pressedAt: 't', delayMs: 0 } };
    await call(routes.flagIncident, { body: flag }, { idempotencyKey: 'key-1' });
    const init = fetched.mock.calls[0]?.[1];
    expect(init?.method).toBe('POST');
    expect(init?.headers).toEqual({ 'content-type': 'application/json', 'idempotency-key': 'key-1' });
    expect(JSON.parse(init?.body as string)).toEqual(flag);
  });

  it('throws the code, message and request id of a refusal', async () => {
    answer(422, { code: 'incident.code-unknown', message: 'No such category.', requestId: 'r-7' });
    await expect(call(routes.listRegions, {})).rejects.toMatchObject({
      status: 422,
      code: 'incident.code-unknown',
      message: 'No such category.',
      requestId: 'r-7',
    });
  });

  it('tells an unreachable server from one that refuses', async () => {
    jest.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    const error = await call(routes.listRegions, {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 0, code: 'network.unreachable' });
  });

  it('survives an error page that is not JSON', async () => {
    jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    await expect(call(routes.listRegions, {})).rejects.toMatchObject({ status: 502, code: 'internal.error' });
  });

  it('gives nothing for an answer without a body', async () => {
    jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(null, { status: 204 }));
    await expect(call(routes.signOut, {})).resolves.toBeUndefined();
  });
});
