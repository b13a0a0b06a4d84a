import { type Credentials } from '@app/testing';
import { TestApi } from '../api';
import { type World, makeWorld } from './world';

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await TestApi.start();
  world = await makeWorld(api.db);
});
afterAll(() => api.stop());

const inADay = () => new Date(Date.now() + 86_400_000).toISOString();
const create = async (account: Credentials, body: object) =>
  api.guest
    .post('/api/v1/tokens')
    .set('Cookie', await api.cookieOf(account))
    .send({ name: 'a program', expiresAt: inADay(), ...body });
const get = (token: string, path: string) => api.guest.get(`/api/v1${path}`).set('Authorization', `Bearer ${token}`);

describe('personal tokens', () => {
  it('speak for their owner, cut down to their permissions', async () => {
    const { body, status } = await create(await api.account('operator'), { permissions: ['camera.read-faults'] });
    expect([status, body.permissions, body.scope]).toEqual([201, ['camera.read-faults'], { kind: 'all' }]);
    await get(body.token as string, '/cameras').expect(200);
    const patch = api.guest.patch(`/api/v1/cameras/${world.north.cameraId}`).set('Authorization', `Bearer ${body.token}`);
    expect((await patch.send({ enabled: true }).expect(403)).body.code).toBe('access.denied');
  });

  it('reach their scope only', async () => {
    const { body } = await create(await api.account('operator'), {
      permissions: ['camera.read-faults'],
      scope: { kind: 'region', id: world.north.regionId },
    });
    await get(body.token as string, `/cameras/${world.north.cameraId}`).expect(200);
    await get(body.token as string, `/cameras/${world.south.cameraId}`).expect(403);
    const { items } = (await get(body.token as string, '/cameras').expect(200)).body as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toEqual([world.north.cameraId]);
  });

  it('are never more than their owner', async () => {
    const inNorth = await api.account('operator', { kind: 'region', id: world.north.regionId });
    for (const wanted of [
      { permissions: ['incident.review'] },
      { permissions: ['camera.manage'], scope: { kind: 'region', id: world.south.regionId } },
      { permissions: ['camera.manage'], scope: { kind: 'election', id: world.electionId } },
    ]) {
      const { status, body } = await create(inNorth, wanted);
      expect([status, body.code]).toEqual([422, 'token.scope-not-yours']);
      await api.db.deleteFrom('sessions').where('user_id', '=', inNorth.id).execute();
      await api.db.updateTable('second_factors').set({ last_step: 0 }).where('user_id', '=', inNorth.id).execute();
    }
  });

  it('lose what their owner loses', async () => {
    const account = await api.account('operator');
    const { body } = await create(account, { permissions: ['camera.read-faults'] });
    await get(body.token as string, '/cameras').expect(200);
    await api.db.updateTable('grants').set({ valid_to: new Date() }).where('user_id', '=', account.id).execute();
    await get(body.token as string, '/cameras').expect(403);
    await api.db.updateTable('users').set({ disabled_at: new Date() }).where('id', '=', account.id).execute();
    await get(body.token as string, '/cameras').expect(401);
  });

  it('are stored as a hash, listed with their last use, and revoked', async () => {
    const account = await api.account('observer');
    const cookie = await api.cookieOf(account);
    const { body } = await create(account, { permissions: ['incident.read-own'] });
    const row = await api.db.selectFrom('personal_tokens').selectAll().where('id', '=', body.id).executeTakeFirstOrThrow();
    expect(JSON.stringify(row)).not.toContain(body.token);
    await get(body.token as string, '/incidents').expect(200);
    const list = async () => (await api.guest.get('/api/v1/tokens').set('Cookie', cookie).expect(200)).body.items as object[];
    expect(await list()).toEqual([expect.objectContaining({ id: body.id, lastUsedAt: expect.any(String) })]);
    await api.guest.delete(`/api/v1/tokens/${body.id}`).set('Cookie', cookie).expect(204);
    await get(body.token as string, '/incidents').expect(401);
    expect(await list()).toEqual([]);
    expect(api.lines.join('')).not.toContain(body.token);
  });

  it('are good for no session, second factor, token or step-up', async () => {
    const { body } = await create(await api.account('admin'), { permissions: ['account.manage'] });
    await get(body.token as string, '/accounts').expect(200);
    for (const path of ['/sessions', '/tokens']) expect((await get(body.token as string, path)).status).toBe(403);
    const make = api.guest.post('/api/v1/accounts').set('Authorization', `Bearer ${body.token}`);
    const answer = await make.send({ email: 'x@example.org', name: 'X', reason: 'a test' });
    expect([answer.status, answer.body.code]).toEqual([403, 'access.step-up-needed']);
  });

  it.each(['Bearer', 'Bearer pgt_wrong', 'Basic YTpi', 'pgt_x'])('are not made up for by a cookie: %s', async (authorization) => {
    const cookie = await api.cookieOf(await api.account('observer'));
    await api.guest.get('/api/v1/sessions/current').set({ Cookie: cookie, Authorization: authorization }).expect(401);
  });

  it('end by themselves, within a year', async () => {
    const account = await api.account('observer');
    for (const expiresAt of [new Date(Date.now() - 1), new Date(Date.now() + 367 * 86_400_000)]) {
      const answer = await create(account, { permissions: ['incident.flag'], expiresAt: expiresAt.toISOString() });
      expect([answer.status, answer.body.details?.[0]?.field]).toEqual([422, 'expiresAt']);
    }
    const { body } = await create(account, { permissions: ['incident.read-own'] });
    await api.db.updateTable('personal_tokens').set({ expires_at: new Date() }).where('id', '=', body.id).execute();
    await get(body.token as string, '/incidents').expect(401);
  });
});
