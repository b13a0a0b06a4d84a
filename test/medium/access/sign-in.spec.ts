import request from 'supertest';
import { codeAt, IDLE_HOURS, STEP_MS } from '@app/access';
import type { OpenSession } from '@app/contracts';
import { type Credentials, unusedCode } from '@app/testing';
import { TestApi, withCode } from '../api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  api.guest.post(`/api/v1${path}`).set(headers).send(body);
const withSession = (cookie: string, method: 'get' | 'post' | 'delete', path: string, body?: object) =>
  request(api.server)[method](`/api/v1${path}`).set('Cookie', cookie).send(body);
const cookieIn = (answer: request.Response): string => (answer.headers['set-cookie']?.[0] as string).split(';')[0] as string;
const nextCode = async (account: Credentials): Promise<string> => unusedCode(account.totpSecret as string);

describe('signing in with a second factor', () => {
  it('asks for the code after the password, and only then', async () => {
    const { email, password } = await api.account('reviewer');
    const wrong = await post('/sessions', { email, password: 'wrong' });
    expect([wrong.status, wrong.body.code]).toEqual([401, 'session.credentials-wrong']);
    const answer = await post('/sessions', { email, password });
    expect([answer.status, answer.body.code]).toEqual([401, 'session.second-factor-needed']);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('takes a code once, also when many show it at the same time', async () => {
    const account = await api.account('reviewer');
    const { email, password } = account;
    const totp = await nextCode(account);
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/sessions', { email, password, totp })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401, 401, 401, 401, 401, 401]);
    const again = await post('/sessions', { email, password, totp });
    expect([again.status, again.body.code]).toEqual([401, 'session.second-factor-wrong']);
  });

  it('takes no code that is older than the last one taken', async () => {
    const account = await api.account('reviewer');
    const step = Math.floor(Date.now() / STEP_MS);
    const code = (at: number) => codeAt(account.totpSecret as string, at * STEP_MS);
    const { email, password } = account;
    await post('/sessions', { email, password, totp: code(step + 1) }).expect(201);
    await post('/sessions', { email, password, totp: code(step) }).expect(401);
  });

  it('is refused for a while after ten wrong codes', async () => {
    const account = await api.account('auditor');
    const { email, password } = account;
    const from = (n: number) => ({ 'X-Forwarded-For': `203.0.113.${n}` });
    const right = codeAt(account.totpSecret as string, Date.now() + STEP_MS);
    const wrong = right === '000000' ? '000001' : '000000';
    for (let n = 0; n < 10; n += 1) await post('/sessions', { email, password, totp: wrong }, from(n)).expect(401);
    const refused = await post('/sessions', { email, password, totp: right }, from(11));
    expect([refused.status, refused.body.code]).toEqual([429, 'request.too-many']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(500);
  });

  it('keeps the secret sealed', async () => {
    const { id, totpSecret } = await api.account('auditor');
    const row = await api.db.selectFrom('second_factors').selectAll().where('user_id', '=', id).executeTakeFirstOrThrow();
    expect(row.secret?.toString('latin1')).not.toContain(totpSecret);
    expect(api.lines.join('')).not.toContain(totpSecret as string);
  });
});

describe('an account of staff without a second factor', () => {
  const enrolling = async () => {
    const account = await api.account('operator');
    await api.db.deleteFrom('second_factors').where('user_id', '=', account.id).execute();
    return { ...account, totpSecret: undefined };
  };

  it('may do nothing but set one up', async () => {
    const cookie = await api.cookieOf(await enrolling());
    const { body } = await withSession(cookie, 'get', '/sessions/current').expect(200);
    expect([body.secondFactor, body.permissions]).toEqual(['to-enrol', []]);
    for (const path of ['/cameras', '/sessions', '/tokens']) {
      const refused = await withSession(cookie, 'get', path);
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'access.second-factor-needed']);
    }
  });

  it('sets one up, proves it by a code, and may what it may; its other sessions end', async () => {
    const account = await enrolling();
    const [cookie, other] = [await api.cookieOf(account), await api.cookieOf(account)];
    const { body: setup } = await withSession(cookie, 'post', '/second-factor').expect(201);
    expect(setup.qrSvg).toContain('<svg');
    expect(setup.uri).toContain(setup.secret);
    await withSession(cookie, 'post', '/second-factor/confirm', { totp: '000000' }).expect(401);
    await withSession(cookie, 'get', '/cameras').expect(403);
    const totp = await unusedCode(setup.secret as string);
    const { body } = await withSession(cookie, 'post', '/second-factor/confirm', { totp }).expect(200);
    expect(new Set(body.recoveryCodes as string[]).size).toBe(10);
    expect((await withSession(cookie, 'get', '/sessions/current')).body.secondFactor).toBe('shown');
    await withSession(cookie, 'get', '/second-factor').expect(200, {
      needed: true,
      since: (await withSession(cookie, 'get', '/second-factor')).body.since,
      recoveryCodesLeft: 10,
    });
    await withSession(other, 'get', '/sessions/current').expect(401);
    const { email, password } = account;
    await post('/sessions', { email, password, totp }).expect(401);
    const [recoveryCode] = body.recoveryCodes as string[];
    await post('/sessions', { email, password, recoveryCode: recoveryCode?.toUpperCase().replace('-', ' ') }).expect(201);
    await post('/sessions', { email, password, recoveryCode }).expect(401);
  });

  it('is asked to show it when it was set up elsewhere', async () => {
    const account = await enrolling();
    const cookie = await api.cookieOf(account);
    const totpSecret = await api.giveSecondFactor(account.id);
    expect((await withSession(cookie, 'get', '/sessions/current')).body.secondFactor).toBe('to-show');
    expect((await withSession(cookie, 'post', '/second-factor')).body.code).toBe('access.step-up-needed');
    const totp = await unusedCode(totpSecret);
    const { body } = await withSession(cookie, 'post', '/sessions/current/step-up', { totp }).expect(200);
    expect(body).toMatchObject({ secondFactor: 'shown', permissions: expect.arrayContaining(['camera.manage']) });
  });
});

describe('showing the second factor again', () => {
  it('is remembered for ten minutes', async () => {
    const account = await api.account('admin');
    const cookie = await api.cookieOf(account);
    const change = () => withSession(cookie, 'post', '/second-factor/recovery-codes');
    await change().expect(201);
    const longAgo = new Date(Date.now() - 10 * 60_000 - 1);
    await api.db.updateTable('sessions').set({ factor_shown_at: longAgo }).where('user_id', '=', account.id).execute();
    expect((await change().expect(403)).body.code).toBe('access.step-up-needed');
    const totp = await nextCode(account);
    const { body } = await withSession(cookie, 'post', '/sessions/current/step-up', { totp }).expect(200);
    expect(Date.parse(body.stepUpUntil as string)).toBeGreaterThan(Date.now() + 9 * 60_000);
    await change().expect(201);
    await withSession(cookie, 'post', '/sessions/current/step-up', { totp }).expect(401);
  });
});

describe('wrong passwords', () => {
  const from = (address: string) => ({ 'X-Forwarded-For': address });

  it('from one address keep the owner out from no other', async () => {
    const account = await api.account('reviewer');
    const wrong = { email: account.email, password: 'wrong' };
    for (let n = 0; n < 10; n += 1) await post('/sessions', wrong, from('198.51.100.1')).expect(401);
    await post('/sessions', await withCode(account), from('198.51.100.1')).expect(429);
    await post('/sessions', await withCode(account), from('198.51.100.2')).expect(201);
  });

  it('are told to nobody who asks which accounts there are', async () => {
    const { email } = await api.account('reviewer');
    const wrong = await post('/sessions', { email, password: 'wrong' }, from('198.51.100.3'));
    const unknown = await post('/sessions', { email: 'nobody@example.org', password: 'wrong' }, from('198.51.100.3'));
    expect([wrong.status, wrong.body.code, wrong.body.message]).toEqual([401, unknown.body.code, unknown.body.message]);
  });

  it('are in the audit log, without what was typed', async () => {
    const { id, email } = await api.account('triage');
    await post('/sessions', { email, password: 'wrong' }, from('198.51.100.4')).expect(401);
    let event;
    while (!event) event = await api.db.selectFrom('audit_events').selectAll().where('subject_id', '=', id).executeTakeFirst();
    expect([event.action, event.actor_kind, event.detail]).toEqual([
      'sign-in.refused',
      'public',
      { why: 'password', address: '198.51.100.4' },
    ]);
  });
});

describe('sessions', () => {
  it('are another one after signing in, whatever cookie came along', async () => {
    const account = await api.account('observer');
    const planted = await api.cookieOf(account);
    const answer = await post('/sessions', await withCode(account), { Cookie: planted }).expect(201);
    expect(cookieIn(answer)).not.toBe(planted);
    await withSession(planted, 'get', '/sessions/current').expect(401);
    await withSession(cookieIn(answer), 'get', '/sessions/current').expect(200);
  });

  it('are listed to their owner, who ends one or all of them', async () => {
    const account = await api.account('observer');
    const stranger = await api.cookieOf(await api.account('observer'));
    const [here, there, third] = [await api.cookieOf(account), await api.cookieOf(account), await api.cookieOf(account)];
    const list = async (cookie: string) =>
      ((await withSession(cookie, 'get', '/sessions').expect(200)).body as { items: OpenSession[] }).items;
    const items = await list(here);
    expect(items).toHaveLength(3);
    expect(items.filter(({ current }) => current)).toHaveLength(1);
    expect(items[0]).toMatchObject({ address: expect.stringContaining('127.0.0.1'), userAgent: expect.any(String) });
    const elsewhere = (await list(there)).find(({ current }) => current);
    await withSession(stranger, 'delete', `/sessions/${elsewhere?.id}`).expect(404);
    await withSession(here, 'delete', `/sessions/${elsewhere?.id}`).expect(204);
    await withSession(there, 'get', '/sessions/current').expect(401);
    await withSession(here, 'delete', '/sessions').expect(204);
    for (const cookie of [here, third]) await withSession(cookie, 'get', '/sessions/current').expect(401);
    await withSession(stranger, 'get', '/sessions/current').expect(200);
  });

  it('end when nobody uses them, and at the latest after their hours', async () => {
    for (const over of [
      { last_seen_at: new Date(Date.now() - IDLE_HOURS * 3_600_000 - 1) },
      { expires_at: new Date(Date.now() - 1) },
    ]) {
      const account = await api.account('observer');
      const cookie = await api.cookieOf(account);
      await withSession(cookie, 'get', '/sessions/current').expect(200);
      await api.db.updateTable('sessions').set(over).where('user_id', '=', account.id).execute();
      await withSession(cookie, 'get', '/sessions/current').expect(401);
    }
  });

  it('of others end when the password is changed', async () => {
    const account = await api.account('observer');
    const [here, there] = [await api.cookieOf(account), await api.cookieOf(account)];
    const change = (password: string) =>
      withSession(here, 'post', '/sessions/current/password', { password, newPassword: 'a much better one' });
    await change('wrong').expect(401);
    await change(account.password).expect(204);
    await withSession(there, 'get', '/sessions/current').expect(401);
    await withSession(here, 'get', '/sessions/current').expect(200);
    await post('/sessions', { email: account.email, password: 'a much better one' }).expect(201);
  });
});
