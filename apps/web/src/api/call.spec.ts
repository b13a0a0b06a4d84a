import { routes } from '@app/contracts';
import { describeIn } from '../words/describe-in';
import { ApiError, call, messageOf, urlOf } from './call';

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

const wrong = new ApiError(422, 'request.invalid', 'name: is too long', 'r-1', [{ field: 'name', rule: 'is too long' }]);

describe('what a person is told of a failure', () => {
  it('are the words of the server in English', () => {
    expect(messageOf(new ApiError(403, 'access.denied', 'Only the reporter may change a flag.', null))).toBe(
      'Only the reporter may change a flag.',
    );
    expect(messageOf(wrong)).toBe('name: is too long');
  });

  it('is never nothing', () => expect(messageOf('thrown')).toBe('Something went wrong.'));
});

describeIn('ru', 'what a person is told of a failure', () => {
  it('is said by its code', () => {
    expect(messageOf(new ApiError(403, 'access.denied', 'Only the reporter may change a flag.', null))).toBe(
      'У вас нет права на это действие.',
    );
  });

  it('has the words of the server behind it where they name a field, or tell more', () => {
    expect(messageOf(wrong)).toBe('Запрос заполнен неверно. (name: is too long)');
    expect(messageOf(new ApiError(422, 'camera.probe-failed', 'The camera sends nothing.', null))).toBe(
      'Не удалось проверить камеру. (The camera sends nothing.)',
    );
  });

  it('are the words of the server for a code that is newer than the texts', () => {
    expect(messageOf(new ApiError(409, 'moon.in-the-way', 'Wait for the moon.', null))).toBe('Wait for the moon.');
  });
});

describeIn('uz-Latn', 'what a person is told of a failure', () => {
  it('is said by its code', () =>
    expect(messageOf(new ApiError(404, 'station.not-found', 'There is no station with this code.', null))).toBe(
      'Bunday uchastka yoʻq.',
    ));
});
