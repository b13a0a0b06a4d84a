import { type AddressInfo } from 'node:net';
import { io, type Socket } from 'socket.io-client';
import type request from 'supertest';
import type { Incident } from '@app/contracts';
import { Fanout } from '@app/realtime';
import { startRedis, type TestRedis } from '@app/testing';
import { TestApi } from '../api';
import { makeWorld, type World } from './world';

const CAMERA_STATE = {
  cameraId: '5f1d7a52-6f0e-4f5c-8a8f-0a4d5c1b2e3f',
  stationCode: '0101',
  state: {
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
  },
} as const;

/** A promise of the product. */
const AT_ONCE_MS = 5_000;

describe.each(['PostgreSQL', 'Redis'])('rights that change, with the fan-out on %s', (engine) => {
  let redis: TestRedis | undefined;
  let api: TestApi;
  /** Another process's: the same database and fan-out. */
  let other: TestApi;
  let world: World;
  let admin: ReturnType<typeof request.agent>;

  beforeAll(async () => {
    redis = engine === 'Redis' ? await startRedis() : undefined;
    const env: Record<string, string> = redis ? { REDIS_URL: redis.url } : {};
    api = await TestApi.start(env);
    other = await TestApi.start(env, undefined, api);
    world = await makeWorld(api.db);
    admin = await api.as('admin');
  });
  afterAll(async () => {
    await other.stop();
    await api.stop();
    await redis?.stop();
  });

  const connect = async (at: TestApi, headers: Record<string, string>): Promise<Socket> => {
    const { port } = at.server.address() as AddressInfo;
    const options = { path: '/realtime', transports: ['websocket'], extraHeaders: headers, reconnection: false, forceNew: true };
    const socket = io(`http://127.0.0.1:${port}`, options);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
    return socket;
  };
  const ended = (socket: Socket): Promise<number> => {
    const since = performance.now();
    return new Promise((resolve) => socket.once('disconnect', () => resolve(performance.now() - since)));
  };

  it('end an open socket and the session when the account is disabled, in another process too', async () => {
    const account = await api.account('observer');
    const cookie = await api.cookieOf(account);
    const gone = ended(await connect(other, { Cookie: cookie }));
    await admin.post(`/api/v1/accounts/${account.id}/disable`).send({ reason: 'accreditation revoked' }).expect(200);
    await other.guest.get('/api/v1/sessions/current').set('Cookie', cookie).expect(401);
    expect(await gone).toBeLessThan(AT_ONCE_MS);
    await api.guest.post('/api/v1/sessions').send({ email: account.email, password: account.password }).expect(401);
  });

  it('let a socket hear no more of what it may no longer read', async () => {
    const account = await api.account('triage', { kind: 'region', id: world.north.regionId });
    const cookie = await api.cookieOf(account);
    const [socket, witness] = [
      await connect(other, { Cookie: cookie }),
      await connect(other, { Cookie: await api.cookieOf(await api.account('reviewer')) }),
    ];
    const heard = new Set<string>();
    socket.on('IncidentChanged', ({ incident }: { incident: { note: string } }) => heard.add(incident.note));
    const flag = await flagAt(world.north.cameraId);
    /** Resolves when the socket has heard all that it was to hear. */
    const tell = async (note: string): Promise<void> => {
      const seen = new Promise((resolve) => witness.once('IncidentChanged', resolve));
      await api.app.get(Fanout).publish('IncidentChanged', { incident: { ...flag, note } });
      await seen;
      const barrier = new Promise((resolve) => socket.once('CameraStateChanged', resolve));
      await api.app.get(Fanout).publish('CameraStateChanged', CAMERA_STATE);
      await barrier;
    };
    await tell('before');
    expect(heard).toContain('before');

    const { body } = await admin.get(`/api/v1/accounts/${account.id}`).expect(200);
    const path = `/api/v1/accounts/${account.id}/grants/${body.grants[0].id}/end`;
    await admin.post(path).send({ reason: 'left the commission' }).expect(200);
    await other.guest.get('/api/v1/incidents').set('Cookie', cookie).expect(403);
    const since = performance.now();
    let note = '';
    do {
      note = `after ${performance.now() - since} ms`;
      await tell(note);
    } while (heard.has(note) && performance.now() - since < AT_ONCE_MS);
    expect(heard).not.toContain(note);
    for (const each of [socket, witness]) each.disconnect();
  });

  it('end by their own date, and by a change that nobody announced', async () => {
    const account = await api.account('observer');
    const socket = await connect(other, { Cookie: await api.cookieOf(account) });
    const gone = ended(socket);
    await api.db.updateTable('users').set({ disabled_at: new Date() }).where('id', '=', account.id).execute();
    expect(await gone).toBeLessThan(AT_ONCE_MS);
  });

  it('end a socket with its session and with its token', async () => {
    const account = await api.account('observer');
    const cookie = await api.cookieOf(account);
    const make = api.guest.post('/api/v1/tokens').set('Cookie', cookie);
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { body: token } = await make.send({ name: 'a program', permissions: ['incident.flag'], expiresAt }).expect(201);
    const [bySession, byToken] = [
      ended(await connect(other, { Cookie: cookie })),
      ended(await connect(other, { Authorization: `Bearer ${token.token}` })),
    ];
    await api.guest.delete(`/api/v1/tokens/${token.id}`).set('Cookie', cookie).expect(204);
    expect(await byToken).toBeLessThan(AT_ONCE_MS);
    await api.guest.delete('/api/v1/sessions/current').set('Cookie', cookie).expect(204);
    expect(await bySession).toBeDefined();
  });

  it('are given with a scope and a reason, kept, and in the audit log of their election', async () => {
    const { id } = await api.account('observer');
    const scope = { kind: 'region', id: world.south.regionId };
    const give = admin.post(`/api/v1/accounts/${id}/grants`);
    const { body } = await give.send({ role: 'triage', scope, reason: 'helps out' }).expect(201);
    expect(body.grants[0]).toMatchObject({ role: 'triage', scope, scopeName: 'South', reason: 'helps out', validTo: null });
    const events = await api.db
      .selectFrom('audit_events')
      .select(['action', 'election_id', 'region_id', 'reason', 'grant_role'])
      .where('subject_id', '=', id)
      .execute();
    expect(events).toEqual([
      {
        action: 'grant.given',
        election_id: world.electionId,
        region_id: world.south.regionId,
        reason: 'helps out',
        grant_role: 'admin',
      },
    ]);
  });

  it('are given by nobody to themselves, and to no place that is not there', async () => {
    const me = (await admin.get('/api/v1/sessions/current')).body.user.id;
    const own = await admin
      .post(`/api/v1/accounts/${me}/grants`)
      .send({ role: 'reviewer', scope: { kind: 'all' }, reason: 'why not' });
    expect([own.status, own.body.code]).toEqual([403, 'account.own']);
    const { id } = await api.account('observer');
    const nowhere = { role: 'triage', scope: { kind: 'station', id: world.electionId }, reason: 'a test' };
    const answer = await admin.post(`/api/v1/accounts/${id}/grants`).send(nowhere);
    expect([answer.status, answer.body.code]).toEqual([422, 'grant.scope-unknown']);
  });

  it('come with a new account, whose password is shown once', async () => {
    const email = `new-${engine}@example.org`;
    const grant = { role: 'observer', scope: { kind: 'station', id: world.north.stationId } };
    const { body } = await admin.post('/api/v1/accounts').send({ email, name: 'New', grant, reason: 'a test' }).expect(201);
    expect(body.account.grants[0].scopeName).toBe('NORTH-1 North school');
    await api.guest.post('/api/v1/sessions').send({ email, password: body.password }).expect(201);
    await admin.post('/api/v1/accounts').send({ email, name: 'New', reason: 'a test' }).expect(409);
  });

  async function flagAt(cameraId: string) {
    const observer = await api.as('observer');
    const at = new Date(Date.now() - 60_000).toISOString();
    const clock = { pressedAt: new Date().toISOString(), delayMs: 60_000 };
    return (await observer.post('/api/v1/incidents').send({ cameraId, at, clock }).expect(201)).body as Incident;
  }
});
