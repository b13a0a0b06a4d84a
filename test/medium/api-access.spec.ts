import { io } from 'socket.io-client';
import { type AddressInfo } from 'node:net';
import type request from 'supertest';
import { createAccount } from '@app/access';
import { addressOf, ROLE_PERMISSIONS, type Role, ROLES, type RouteDefinition, routes } from '@app/contracts';
import { Fanout } from '@app/realtime';
import { newElection, TestApi } from './api';

const all = Object.entries(routes) as [string, RouteDefinition][];
const guarded = all.filter(([, route]) => route.access.kind !== 'public');
const pathOf = (route: RouteDefinition): string =>
  addressOf(route)
    .replace(/:id|:cameraId/, '5f1d7a52-6f0e-4f5c-8a8f-0a4d5c1b2e3f')
    .replace(':code', '0101');
const call = (agent: ReturnType<typeof request.agent>, route: RouteDefinition) =>
  agent[route.method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete'](pathOf(route));

describe('who may do what over HTTP', () => {
  let api: TestApi;
  const agents = new Map<Role, ReturnType<typeof request.agent>>();

  beforeAll(async () => {
    api = await TestApi.start();
    for (const role of ROLES) agents.set(role, await api.as(role));
  });
  afterAll(() => api.stop());

  it.each(guarded)('%s wants a session', async (_name, route) => {
    const { status, body } = await call(api.guest, route);
    expect([status, body.code]).toEqual([401, 'session.required']);
    expect(body.requestId).toEqual(expect.any(String));
  });

  it.each(guarded)('%s is refused to every role without its permission, and to no other', async (_name, route) => {
    if (route.access.kind !== 'permission') return;
    const { anyOf } = route.access;
    for (const role of ROLES.filter((candidate) => candidate !== 'viewer')) {
      const mayCall = anyOf.some((permission) => ROLE_PERMISSIONS[role].includes(permission));
      const { status, body } = await call(agents.get(role) as ReturnType<typeof request.agent>, route);
      expect([role, body.code === 'access.denied', status === 403]).toEqual([role, !mayCall, !mayCall]);
    }
  });

  it('answers what it does not know with 404 and its own error form, also below public paths', async () => {
    for (const path of ['/api/v1/nothing', '/api/v2/stations', '/nope', '/health/secret', '/api/v1/stations/import/x']) {
      const { status, body, headers } = await api.guest.get(path).set('Accept', 'application/json');
      expect([path, status, body.code]).toEqual([path, 404, 'route.not-found']);
      expect(headers['x-request-id']).toBe(body.requestId);
    }
  });

  it('keeps a sane request id of the caller and replaces another', async () => {
    const kept = await api.guest.get('/health/live').set('X-Request-Id', 'abc-123');
    expect(kept.headers['x-request-id']).toBe('abc-123');
    const replaced = await api.guest.get('/health/live').set('X-Request-Id', 'a b<c>');
    expect(replaced.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses what another site’s page sends in its visitor’s name', async () => {
    const operator = agents.get('operator') as ReturnType<typeof request.agent>;
    for (const headers of [{ Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }]) {
      const { status, body } = await operator.post('/api/v1/cameras').set(headers).send({});
      expect([status, body.code]).toEqual([403, 'access.denied']);
    }
    const own = await operator.post('/api/v1/cameras').set('Sec-Fetch-Site', 'same-origin').send({});
    expect(own.status).toBe(400);
  });

  it('sends security headers that allow our own host only', async () => {
    const { headers } = await api.guest.get('/health/live');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).not.toMatch(/https?:/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
  });
});

describe('signing in', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await TestApi.start();
    await createAccount(api.db, { email: 'Ana@example.org', name: 'Ana', password: 'right password', role: 'observer' });
  });
  afterAll(() => api.stop());
  const signIn = (email: string, password: string) => api.guest.post('/api/v1/sessions').send({ email, password });

  it('gives a cookie that scripts cannot read, and a session until it is ended', async () => {
    const answer = await signIn('ana@EXAMPLE.org', 'right password').expect(201);
    expect(answer.body).toEqual({
      user: { id: expect.any(String), email: 'Ana@example.org', name: 'Ana', roles: ['observer'] },
      permissions: ['incident.flag', 'incident.read-own', 'audit.read-own', 'report.fill'],
      secondFactor: 'none',
      stepUpUntil: null,
    });
    const cookie = answer.headers['set-cookie']?.[0] as string;
    expect(cookie).toMatch(/^session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    const current = () => api.guest.get('/api/v1/sessions/current').set('Cookie', cookie.split(';')[0] as string);
    expect((await current().expect(200)).body.user.name).toBe('Ana');
    await api.guest
      .delete('/api/v1/sessions/current')
      .set('Cookie', cookie.split(';')[0] as string)
      .expect(204);
    await current().expect(401);
  });

  it('does not tell an unknown address from a wrong password', async () => {
    const [wrong, unknown] = await Promise.all([signIn('ana@example.org', 'wrong'), signIn('nobody@example.org', 'wrong')]);
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.body).toEqual({ ...unknown.body, requestId: wrong.body.requestId });
  });

  it('keeps neither the password nor the token in the database or the log', async () => {
    const answer = await signIn('ana@example.org', 'right password').expect(201);
    const token = /session=([\w-]+)/.exec(answer.headers['set-cookie']?.[0] as string)?.[1] as string;
    const sessions = await api.db.selectFrom('sessions').selectAll().execute();
    expect(JSON.stringify(sessions.map((session) => session.token_hash.toString('base64url')))).not.toContain(token);
    expect(api.lines.join('')).not.toContain(token);
    expect(api.lines.join('')).not.toContain('right password');
  });

  it('is refused for a while after ten wrong passwords, for this account only', async () => {
    await createAccount(api.db, { email: 'ben@example.org', name: 'Ben', password: 'right password', role: 'observer' });
    for (let attempt = 0; attempt < 10; attempt += 1) await signIn('ben@example.org', 'wrong').expect(401);
    const refused = await signIn('ben@example.org', 'right password').expect(429);
    expect(refused.body.code).toBe('request.too-many');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(500);
    await signIn('ana@example.org', 'right password').expect(201);
  });

  it.each([
    ['not JSON', '{"email":', 400, 'request.malformed'],
    ['an unknown field', { email: 'a@b.org', password: 'x', admin: true }, 400, 'request.malformed'],
    ['a missing field', { email: 'a@b.org' }, 400, 'request.malformed'],
    ['a wrong type', { email: 'a@b.org', password: 7 }, 400, 'request.malformed'],
    ['a NUL character', { email: 'a@b.org', password: 'x\u0000' }, 400, 'request.malformed'],
    ['an address that is none', { email: 'nobody', password: 'x' }, 422, 'request.invalid'],
  ])('names what is wrong with %s', async (_what, body, status, code) => {
    const answer = await api.guest.post('/api/v1/sessions').type('application/json').send(body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    if (typeof body === 'object') expect(answer.body.details[0]).toEqual({ field: expect.any(String), rule: expect.any(String) });
  });

  it('takes JSON only, and not too much of it', async () => {
    await api.guest.post('/api/v1/sessions').type('text/plain').send('hello').expect(400);
    const big = await api.guest.post('/api/v1/sessions').send({ email: 'a@b.org', password: 'x'.repeat(1_100_000) });
    expect([big.status, big.body.code]).toEqual([413, 'request.too-large']);
  });
});

describe('sockets', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await TestApi.start();
    await newElection(api.db);
    await createAccount(api.db, { email: 'ana@example.org', name: 'Ana', password: 'right password', role: 'observer' });
  });
  afterAll(() => api.stop());

  const connect = (headers: Record<string, string>) => {
    const { port } = api.server.address() as AddressInfo;
    return io(`http://127.0.0.1:${port}`, {
      path: '/realtime',
      transports: ['websocket'],
      extraHeaders: headers,
      reconnection: false,
      forceNew: true,
    });
  };
  const cookie = async (): Promise<string> => {
    const answer = await api.guest.post('/api/v1/sessions').send({ email: 'ana@example.org', password: 'right password' });
    return (answer.headers['set-cookie']?.[0] as string).split(';')[0] as string;
  };

  it('hear of cameras when they are signed in', async () => {
    const socket = connect({ Cookie: await cookie() });
    await new Promise<void>((resolve, reject) => socket.on('connect', resolve).on('connect_error', reject));
    const heard = new Promise((resolve) => socket.on('CameraStateChanged', resolve));
    const state = {
      state: 'live',
      since: new Date().toISOString(),
      reason: null,
      lastFrameAt: null,
      codec: 'h264',
      audioCodec: null,
      width: 1280,
      height: 720,
      fps: 25,
      bitrate: 1_000_000,
    } as const;
    const payload = { cameraId: '5f1d7a52-6f0e-4f5c-8a8f-0a4d5c1b2e3f', stationCode: '0101', state };
    await api.app.get(Fanout).publish('CameraStateChanged', payload);
    expect(await heard).toEqual(payload);
    socket.disconnect();
  });

  it.each([
    ['nobody', async () => ({}), 'session.required'],
    ['a made-up session', async () => ({ Cookie: 'session=abc' }), 'session.required'],
    ['another site', async () => ({ Cookie: await cookie(), Origin: 'https://evil.example' }), 'access.denied'],
  ])('are closed to %s', async (_who, headers: () => Promise<Record<string, string>>, code) => {
    const socket = connect(await headers());
    const refusal = await new Promise<Error>((resolve, reject) =>
      socket.on('connect_error', resolve).on('connect', () => reject(new Error('was let in'))),
    );
    expect(refusal.message).toBe(code);
    socket.disconnect();
  });
});
