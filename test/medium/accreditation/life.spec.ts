import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { createAccount } from '@app/access';
import type { AccreditationDetail, FieldProblem, Session } from '@app/contracts';
import { APPLICATION, PASSWORD, Rig } from './applicants';

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.start({ POLLGLASS_PUBLIC_URL: 'http://watch.example.org' });
});
afterAll(() => rig.stop());
const guest = () => rig.api.guest;
const check = (number: string) => rig.check(number);

describe('the life of an accreditation', () => {
  it('goes from question to badge, account, suspension and revocation, each step with its reason on record', async () => {
    const { id, reference, email } = await rig.apply({ regions: [rig.region('North')], phone: '+998 90 123-45-67' });
    await rig.decide(id, 'ask', { reason: 'Which organisation sends you?' }).expect(200);
    expect((await rig.own(reference)).body.questions).toEqual([
      { question: 'Which organisation sends you?', askedAt: expect.any(String), answer: null, answeredAt: null },
    ]);
    const answered = await rig.ownPost(reference, 'answer', { answer: 'Voters’ Watch' }).expect(200);
    expect(answered.body).toMatchObject({ state: 'submitted', questions: [{ answer: 'Voters’ Watch' }] });

    const scope = { kind: 'regions', regions: [rig.region('North')] };
    const { body } = await rig.decide(id, 'approve', rig.approval({ scope, organisation: 'Voters’ Watch (NGO)' })).expect(200);
    const approved = body as AccreditationDetail & { number: string; validTo: string };
    expect(approved).toMatchObject({
      state: 'approved',
      scope,
      scopeWords: { kind: 'regions', places: ['North'] },
      hasAccount: false,
    });
    expect(approved.possible).toEqual(['suspend', 'revoke']);

    const badge = (await guest().get('/api/v1/accreditations/own/badge').set('Accreditation-Reference', reference).expect(200))
      .body;
    expect(badge).toMatchObject({
      name: APPLICATION.name,
      organisation: 'Voters’ Watch (NGO)',
      checkUrl: `http://watch.example.org/verify/${approved.number}`,
      valid: true,
    });
    expect((await rig.chair.get(`/api/v1/accreditations/${id}/badge`).expect(200)).body).toEqual(badge);

    expect((await rig.ownPost(reference, 'account', { password: 'short' }).expect(422)).body.details[0].field).toBe('password');
    await rig.ownPost(reference, 'account', { password: PASSWORD }).expect(201);
    expect((await rig.ownPost(reference, 'account', { password: PASSWORD }).expect(409)).body.code).toBe(
      'accreditation.not-allowed-now',
    );
    const session = (await guest().post('/api/v1/sessions').send({ email, password: PASSWORD }).expect(201)).body as Session;
    expect([session.user.roles, session.permissions.includes('incident.flag')]).toEqual([['observer'], true]);
    const user = await rig.api.db.selectFrom('users').selectAll().where('id', '=', session.user.id).executeTakeFirstOrThrow();
    expect(user.organisation).toBe('Voters’ Watch (NGO)');

    const grants = () =>
      rig.api.db.selectFrom('grants').selectAll().where('user_id', '=', user.id).orderBy('valid_from').execute();
    expect(await grants()).toMatchObject([
      { role: 'observer', scope_kind: 'region', scope_id: rig.region('North'), valid_to: new Date(approved.validTo) },
    ]);
    await rig.decide(id, 'suspend', { reason: 'a complaint is looked into' }).expect(200);
    expect((await guest().post('/api/v1/sessions').send({ email, password: PASSWORD })).body.permissions ?? []).toEqual([]);
    expect(await check(approved.number)).toMatchObject({ valid: false, result: 'suspended' });
    expect((await guest().get('/api/v1/accreditations/own/badge').set('Accreditation-Reference', reference)).status).toBe(409);
    await rig.decide(id, 'resume', { reason: 'nothing was found' }).expect(200);
    expect((await guest().post('/api/v1/sessions').send({ email, password: PASSWORD }).expect(201)).body.permissions).toContain(
      'incident.flag',
    );
    const [before, after] = await grants();
    expect(before?.end_reason).toBe('a complaint is looked into');
    // What was seen between the two is under no right.
    expect((after?.valid_from.getTime() ?? 0) > (before?.valid_to?.getTime() ?? 0)).toBe(true);

    await rig.decide(id, 'revoke', { reason: 'acted for a candidate' }).expect(200);
    expect(await check(approved.number)).toMatchObject({ valid: false, result: 'revoked' });
    expect((await grants()).every(({ valid_to }) => valid_to !== null && valid_to <= new Date())).toBe(true);
    expect(await rig.auditOf(id)).toEqual(['submit', 'ask', 'answer', 'approve', 'open-account', 'suspend', 'resume', 'revoke']);
    const last = (await rig.chair.get(`/api/v1/accreditations/${id}`).expect(200)).body as AccreditationDetail;
    expect(last.events.map((event) => [event.action, event.reason])).toEqual([
      ['submit', null],
      ['ask', 'Which organisation sends you?'],
      ['answer', 'Voters’ Watch'],
      ['approve', 'mandate checked'],
      ['open-account', null],
      ['suspend', 'a complaint is looked into'],
      ['resume', 'nothing was found'],
      ['revoke', 'acted for a candidate'],
    ]);
    expect((await rig.own(reference)).body).toMatchObject({ state: 'revoked', reason: 'acted for a candidate' });
  });

  it('refuses what is not possible from where it stands, and says what is', async () => {
    const { id, reference } = await rig.apply();
    for (const change of ['suspend', 'resume', 'revoke'])
      expect((await rig.decide(id, change).expect(409)).body).toMatchObject({
        code: 'accreditation.not-allowed-now',
        details: { state: 'submitted', possible: ['approve', 'reject', 'ask'] },
      });
    expect((await rig.ownPost(reference, 'answer', { answer: 'x' }).expect(409)).body.code).toBe('accreditation.not-allowed-now');
    expect((await rig.ownPost(reference, 'account', { password: PASSWORD }).expect(409)).body.code).toBe(
      'accreditation.not-allowed-now',
    );
    await rig.decide(id, 'reject', { reason: 'no mandate' }).expect(200);
    expect((await rig.decide(id, 'approve', rig.approval()).expect(409)).body.details).toEqual({
      state: 'rejected',
      possible: [],
    });
    expect((await rig.own(reference)).body).toMatchObject({ state: 'rejected', reason: 'no mandate' });
  });

  it('is decided by one of two who decide at once', async () => {
    const { id } = await rig.apply();
    const answers = await Promise.all([
      rig.decide(id, 'approve', rig.approval()),
      rig.decide(id, 'reject', { reason: 'no mandate' }, await rig.api.as('chair')),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await rig.auditOf(id)).length).toBe(2);
  });

  it('takes no decision without a reason or with times that cannot be', async () => {
    const { id } = await rig.apply();
    const field = async (change: string, body: object) =>
      ((await rig.decide(id, change, body)).body.details as FieldProblem[] | undefined)?.[0]?.field;
    expect(await field('reject', { reason: '  ' })).toBe('reason');
    expect(await field('ask', {})).toBe('reason');
    const { validFrom, validTo } = rig.approval();
    expect(await field('approve', rig.approval({ validFrom: validTo, validTo: validFrom }))).toBe('validTo');
    const past = { validFrom: '2020-01-01T00:00:00.000Z', validTo: '2021-01-01T00:00:00.000Z' };
    expect(await field('approve', rig.approval(past))).toBe('validTo');
    expect(await field('approve', rig.approval({ scope: { kind: 'stations', stations: [] } }))).toBe('scope.stations');
    const unknown = await rig.decide(id, 'approve', rig.approval({ scope: { kind: 'stations', stations: ['N1', 'X9'] } }));
    expect([unknown.status, unknown.body.code]).toEqual([422, 'accreditation.scope-unknown']);
    expect((await rig.decide(randomUUID(), 'reject').expect(404)).body.code).toBe('accreditation.not-found');
  });

  it('expires by the clock alone', async () => {
    const { id, number, cookie } = await rig.observer();
    await sql`update accreditations set valid_to = now() - interval '1 second' where id = ${id}`.execute(rig.api.db);
    expect(await check(number)).toMatchObject({ valid: false, result: 'expired' });
    const { body } = await rig.chair.get(`/api/v1/accreditations/${id}`);
    expect([body.state, body.possible]).toEqual(['expired', ['revoke']]);
    expect(cookie).toContain('session=');
  });

  it('gives one person one badge, also when two applications are approved at once', async () => {
    const email = `${randomUUID()}@observers.example`;
    const [one, two] = [await rig.apply({ email }), await rig.apply({ email: email.toUpperCase() })];
    const answers = await Promise.all([one, two].map(({ id }) => rig.decide(id, 'approve', rig.approval())));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('accreditation.already-accredited');
  });
});

describe('an account that is there already', () => {
  it('is not taken over by whoever writes its e-mail: it is linked by signing in to it', async () => {
    const email = `${randomUUID()}@observers.example`;
    await createAccount(rig.api.db, { email, name: 'Ana', password: PASSWORD, role: 'viewer' });
    const { id, reference } = await rig.apply({ email: email.toUpperCase() });
    await rig.decide(id, 'approve', rig.approval()).expect(200);
    const taken = await rig.ownPost(reference, 'account', { password: 'another password' }).expect(409);
    expect(taken.body.code).toBe('accreditation.account-exists');
    await rig.ownPost(reference, 'link', {}).expect(401);
    const stranger = await rig.api.as('observer');
    expect((await rig.ownPost(reference, 'link', undefined, stranger).expect(403)).body.code).toBe('accreditation.other-account');
    const signedIn = await guest().post('/api/v1/sessions').send({ email, password: PASSWORD }).expect(201);
    const cookie = (signedIn.headers['set-cookie']?.[0] as string).split(';')[0] as string;
    const linked = await guest()
      .post('/api/v1/accreditations/own/link')
      .set({ Cookie: cookie, 'Accreditation-Reference': reference })
      .expect(200);
    expect(linked.body.hasAccount).toBe(true);
    const { body } = await guest().get('/api/v1/sessions/current').set('Cookie', cookie).expect(200);
    expect(body.permissions).toContain('incident.flag');
  });
});
