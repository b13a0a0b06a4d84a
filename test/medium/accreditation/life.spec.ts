import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import request from 'supertest';
import { APPLICATIONS_AN_HOUR } from '@app/accreditation';
import { createAccount } from '@app/access';
import { APPLICATION, PASSWORD, PDF, Rig } from './applicants';

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.start({ POLLGLASS_PUBLIC_URL: 'http://watch.example.org' });
});
afterAll(() => rig.stop());
const guest = () => rig.api.guest;
const check = async (number: string) => (await guest().get(`/api/v1/accreditations/verify/${number}`).expect(200)).body;

describe('an application', () => {
  it('gets a secret reference once, and a deadline of five days', async () => {
    const before = Date.now();
    const { id, reference, dueAt } = await rig.apply();
    expect(reference).toMatch(/^(\w{5}-){4}\w{5}$/);
    expect(Math.abs(Date.parse(dueAt) - before - 5 * 86_400_000)).toBeLessThan(60_000);
    const { body } = await rig.own(reference).expect(200);
    expect(body).toMatchObject({
      id,
      state: 'submitted',
      name: APPLICATION.name,
      overdue: false,
      number: null,
      hasAccount: false,
    });
    expect(JSON.stringify(body)).not.toContain(reference);
    expect(await rig.auditOf(id)).toEqual(['submit']);
  });

  it('is found again only by the reference, however it is typed', async () => {
    const { id, reference } = await rig.apply();
    expect((await rig.own(reference.toLowerCase().replaceAll('-', ' ')).expect(200)).body.id).toBe(id);
    for (const wrong of [id, 'X', `${reference.slice(0, -1)}${reference.endsWith('2') ? '3' : '2'}`])
      expect((await rig.own(wrong).expect(404)).body.code).toBe('accreditation.reference-unknown');
    expect((await guest().get('/api/v1/accreditations/own').expect(400)).body.details[0].field).toBe('Accreditation-Reference');
  });

  it('keeps the reference neither in the database nor in the log', async () => {
    const { reference } = await rig.apply();
    const { rows } = await sql<{ row: string }>`select accreditations::text as row from accreditations`.execute(rig.api.db);
    expect(rows.map(({ row }) => row).join()).not.toContain(reference.replaceAll('-', ''));
    await rig.own(reference).expect(200);
    expect(rig.api.lines.join('')).not.toContain(reference);
  });

  it('that is sent again because its answer was lost gets the same reference, and is one', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const email = `${randomUUID()}@observers.example`;
    const [first, second] = await Promise.all([rig.send({ email }, key), rig.send({ email }, key)]);
    const third = await rig.send({ email }, key).expect(201);
    expect([second.body, third.body]).toEqual([first.body, first.body]);
    const { body } = await rig.chair.get('/api/v1/accreditations').query({ q: email }).expect(200);
    expect(body.total).toBe(1);
    const other = await rig.send({ email, name: 'Somebody Else' }, key);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key.reused']);
    const short = await rig.send({ email }, { 'Idempotency-Key': 'short' });
    expect([short.status, short.body.code]).toEqual([400, 'request.malformed']);
  });

  it.each([
    ['name', undefined, 400],
    ['name', '  ', 422],
    ['name', 'x'.repeat(201), 422],
    ['name', 'two\nlines', 422],
    ['email', 'nobody', 422],
    ['email', 7, 400],
    ['phone', 'call me', 422],
    ['kind', 'friend', 400],
    ['organisation', '', 422],
    ['statement', 'x'.repeat(2001), 422],
    ['regions', ['north'], 422],
    ['regions', 'all', 400],
    ['role', 'admin', 400],
  ])('with a bad %s (%j) is refused by name', async (field, value, status) => {
    const answer = await rig.send({ [field]: value });
    expect([answer.status, answer.body.details[0].field.split('.')[0]]).toEqual([expect.any(Number), field]);
    expect([400, 422]).toContain(answer.status);
    if (field !== 'kind') expect(answer.status).toBe(status);
  });

  it('for a region of nowhere is refused', async () => {
    expect((await rig.send({ regions: [randomUUID()] }).expect(422)).body.code).toBe('accreditation.scope-unknown');
  });

  it('is refused to an address that sent too many, and to no other', async () => {
    const from = (address: string) => rig.send({ email: `${randomUUID()}@o.example` }, { 'X-Forwarded-For': address });
    for (let sent = 0; sent < APPLICATIONS_AN_HOUR; sent += 1) await from('10.200.0.1').expect(201);
    const refused = await from('10.200.0.1').expect(429);
    expect([refused.body.code, Number(refused.headers['retry-after']) > 3_000]).toEqual(['request.too-many', true]);
    await from('10.200.0.2').expect(201);
  });
});

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
    const { body: approved } = await rig
      .decide(id, 'approve', rig.approval({ scope, organisation: 'Voters’ Watch (NGO)' }))
      .expect(200);
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
    const session = (await guest().post('/api/v1/sessions').send({ email, password: PASSWORD }).expect(201)).body;
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
    const { body: last } = await rig.chair.get(`/api/v1/accreditations/${id}`).expect(200);
    expect(last.events.map((event: { action: string; reason: string | null }) => [event.action, event.reason])).toEqual([
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
        details: { state: 'submitted', possible: ['ask', 'approve', 'reject'] },
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
    const field = async (change: string, body: object) => (await rig.decide(id, change, body)).body.details?.[0]?.field;
    expect(await field('reject', { reason: '  ' })).toBe('reason');
    expect(await field('ask', {})).toBe('reason');
    const { validFrom, validTo } = rig.approval();
    expect(await field('approve', rig.approval({ validFrom: validTo, validTo: validFrom }))).toBe('validTo');
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

describe('who decides', () => {
  it('is nobody on themselves or their own organisation', async () => {
    const email = `chair-${randomUUID()}@example.org`;
    await createAccount(rig.api.db, { email, name: 'Chair', password: PASSWORD, role: 'chair' });
    const agent = request.agent(rig.api.server);
    await agent.post('/api/v1/sessions').send({ email, password: PASSWORD }).expect(201);
    const own = await rig.apply({ email: email.toUpperCase() });
    expect((await rig.decide(own.id, 'approve', rig.approval(), agent).expect(403)).body.code).toBe(
      'accreditation.own-application',
    );
    // Sent by the same person under another name.
    const { body: sent } = await agent
      .post('/api/v1/accreditations')
      .send({ ...APPLICATION, email: `${randomUUID()}@o.example` })
      .expect(201);
    expect((await rig.decide(sent.id, 'reject', { reason: 'for nothing' }, agent).expect(403)).body.code).toBe(
      'accreditation.own-application',
    );
    await rig.api.db.updateTable('users').set({ organisation: 'Party of Order' }).where('email', '=', email).execute();
    const colleague = await rig.apply({ organisation: ' party  of ORDER' });
    expect((await rig.decide(colleague.id, 'approve', rig.approval(), agent).expect(403)).body.code).toBe(
      'accreditation.own-application',
    );
    const other = await rig.apply();
    const renamed = await rig.decide(other.id, 'approve', rig.approval({ organisation: 'Party of Order' }), agent);
    expect(renamed.body.code).toBe('accreditation.own-application');
  });

  it('of a region decides for that region only', async () => {
    const { api } = rig;
    const email = `north-${randomUUID()}@example.org`;
    const userId = (await createAccount(api.db, { email, name: 'North', password: PASSWORD, role: 'viewer' })) as string;
    await api.db
      .insertInto('grants')
      .values({
        user_id: userId,
        role: 'chair',
        scope_kind: 'region',
        scope_id: rig.region('North'),
        valid_from: new Date(0),
        valid_to: null,
      })
      .execute();
    const agent = request.agent(api.server);
    await agent.post('/api/v1/sessions').send({ email, password: PASSWORD }).expect(201);
    const north = await rig.apply({ regions: [rig.region('North')] });
    const south = await rig.apply({ regions: [rig.region('North'), rig.region('South')] });
    const anywhere = await rig.apply();
    const { body: list } = await agent.get('/api/v1/accreditations').query({ limit: 200 }).expect(200);
    const listed = list.items.map((item: { id: string }) => item.id);
    expect([north, south, anywhere].map(({ id }) => listed.includes(id))).toEqual([true, false, false]);
    for (const { id } of [south, anywhere]) await agent.get(`/api/v1/accreditations/${id}`).expect(403);
    await rig.decide(north.id, 'approve', rig.approval(), agent).expect(403);
    const scope = (name: string) => ({ scope: { kind: 'regions', regions: [rig.region(name)] } });
    await rig.decide(north.id, 'approve', rig.approval(scope('South')), agent).expect(403);
    await rig.decide(north.id, 'approve', rig.approval({ scope: { kind: 'stations', stations: ['S1'] } }), agent).expect(403);
    await rig.decide(north.id, 'approve', rig.approval(scope('North')), agent).expect(200);
  });
});

describe('the deciders’ list', () => {
  it('shows what is late first, then what waits, then what was decided, page by page', async () => {
    const organisation = `List ${randomUUID()}`;
    const [a, b, c, d] = [
      await rig.apply({ organisation }),
      await rig.apply({ organisation }),
      await rig.apply({ organisation }),
      await rig.apply({ organisation }),
    ];
    await sql`update accreditations set due_at = now() - interval '1 hour' where id = ${c.id}`.execute(rig.api.db);
    await rig.decide(a.id, 'reject').expect(200);
    await rig.decide(b.id, 'ask').expect(200);
    const order: string[] = [];
    let cursor: string | null = null;
    do {
      const { body } = await rig.chair
        .get('/api/v1/accreditations')
        .query({ q: organisation, limit: 1, ...(cursor && { cursor }) });
      expect(body.total).toBe(4);
      order.push(...body.items.map((item: { id: string }) => item.id));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(order).toEqual([c.id, d.id, b.id, a.id]);
    const ids = async (query: object) =>
      (
        await rig.chair
          .get('/api/v1/accreditations')
          .query({ q: organisation, ...query })
          .expect(200)
      ).body.items.map((item: { id: string }) => item.id);
    expect(await ids({ overdue: '1' })).toEqual([c.id]);
    expect(await ids({ state: 'open' })).toEqual([c.id, d.id, b.id]);
    expect(await ids({ state: 'rejected' })).toEqual([a.id]);
    expect(await ids({ kind: 'media' })).toEqual([]);
    await rig.chair.get('/api/v1/accreditations').query({ cursor: 'nonsense' }).expect(400);
  });
});

describe('the deadline', () => {
  it('waits while the applicant is asked, and can be set for those that come', async () => {
    const { id, reference, dueAt } = await rig.apply();
    await rig.decide(id, 'ask').expect(200);
    await sql`update accreditations set asked_at = asked_at - interval '2 hours' where id = ${id}`.execute(rig.api.db);
    const { body } = await rig.ownPost(reference, 'answer', { answer: 'here it is' }).expect(200);
    const moved = (Date.parse(body.dueAt) - Date.parse(dueAt)) / 3_600_000;
    expect(moved).toBeGreaterThan(1.99);
    expect(moved).toBeLessThan(2.1);
    await rig.chair.patch('/api/v1/accreditations/settings').send({ decisionDays: 2 }).expect(200);
    const next = await rig.apply();
    expect(Math.round((Date.parse(next.dueAt) - Date.now()) / 86_400_000)).toBe(2);
    expect((await rig.own(reference)).body.dueAt).toBe(body.dueAt);
    expect(
      (await rig.chair.patch('/api/v1/accreditations/settings').send({ decisionDays: 0 }).expect(422)).body.details[0].field,
    ).toBe('decisionDays');
    await rig.chair.patch('/api/v1/accreditations/settings').send({ decisionDays: 5 }).expect(200);
  });
});

describe('the check of a number', () => {
  it('tells where and when it holds and nothing of the person', async () => {
    const { number, email, id } = await rig.observer({ kind: 'stations', stations: ['S1', 'N1'] });
    const body = await check(number);
    expect(body).toMatchObject({
      number,
      valid: true,
      result: 'valid',
      organisation: APPLICATION.organisation,
      kind: 'citizen',
      scope: { kind: 'stations', places: ['N1', 'S1'] },
    });
    const text = JSON.stringify(body);
    for (const personal of [APPLICATION.name, email, id]) expect(text).not.toContain(personal);
    expect(await check(number.toLowerCase().replaceAll('-', ' '))).toMatchObject({ number, valid: true });
  });

  it('answers in one form whether there is such a number or not, and tells typing errors apart', async () => {
    const { number } = await rig.observer();
    const swapped = `${number[1]}${number[0]}${number.slice(2)}`;
    const mistyped = await check(swapped === number ? `${number}A` : swapped);
    expect(mistyped).toMatchObject({ result: 'mistyped', valid: false });
    const unknown = await check(neverGiven());
    expect(unknown).toMatchObject({ result: 'unknown', valid: false, organisation: null, scope: null });
    expect(Object.keys(unknown).sort()).toEqual(Object.keys(await check(number)).sort());
    expect(await check('%00'.repeat(3)).catch(() => 'refused')).toBeDefined();
  });

  it('does not hold before its time', async () => {
    const { id } = await rig.apply();
    const { body } = await rig
      .decide(id, 'approve', rig.approval({ validFrom: new Date(Date.now() + 86_400_000).toISOString() }))
      .expect(200);
    expect(await check(body.number)).toMatchObject({ valid: false, result: 'not-yet-valid' });
  });
});

describe('documents', () => {
  it('are read by deciders only, as downloads, and each look is on record', async () => {
    const { id, reference } = await rig.apply();
    const name = 'мандат "1".pdf';
    const { body } = await rig.addDocument(reference, name, PDF).expect(201);
    expect(body).toMatchObject({
      name,
      type: 'application/pdf',
      bytes: PDF.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect((await rig.own(reference)).body.documents).toEqual([body]);
    const path = `/api/v1/accreditations/${id}/documents/${body.id}`;
    await guest().get(path).expect(401);
    await (await rig.api.as('auditor')).get(path).expect(403);
    expect((await rig.auditOf(id)).filter((action) => action === 'document-read')).toEqual([]);
    const answer = await rig.chair.get(path).responseType('blob').expect(200);
    expect(Buffer.compare(answer.body, PDF)).toBe(0);
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="______ _1_.pdf"; filename*=UTF-8''${encodeURIComponent(name)}`,
    );
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await rig.auditOf(id)).at(-1)).toBe('document-read');
    await rig.chair.get(`/api/v1/accreditations/${(await rig.apply()).id}/documents/${body.id}`).expect(404);
  });

  it.each([
    ['a page named as a PDF', 'a.pdf', Buffer.from('<html><script>alert(1)</script>')],
    ['a PDF named as a picture', 'a.png', PDF],
    ['a PDF named as a program', 'a.exe', PDF],
    ['nothing', 'a.pdf', Buffer.alloc(0)],
  ])('that are %s are refused', async (_what, name, bytes) => {
    const { reference } = await rig.apply();
    const { body } = await rig.addDocument(reference, name, bytes).expect(422);
    expect([body.code, body.details[0].field]).toEqual(['accreditation.document-refused', 'document']);
    expect((await rig.own(reference)).body.documents).toEqual([]);
  });

  it('are at most five of five megabytes each, also when they come at once, and only before the decision', async () => {
    const { id, reference } = await rig.apply();
    const big = Buffer.concat([PDF, Buffer.alloc(5 * 1024 * 1024)]);
    const refused = await rig.addDocument(reference, 'big.pdf', big);
    expect([refused.status, refused.body.code]).toEqual([413, 'request.too-large']);
    const answers = await Promise.all(Array.from({ length: 7 }, (_, index) => rig.addDocument(reference, `${index}.pdf`, PDF)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 201, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('accreditation.too-many-documents');
    await rig.decide(id, 'reject').expect(200);
    expect((await rig.addDocument(reference, 'late.pdf', PDF).expect(409)).body.code).toBe('accreditation.not-allowed-now');
  });

  it.each(['', '../../etc/passwd', 'a\nb.pdf', 'x'.repeat(121)])('named %j are refused', async (name) => {
    const { reference } = await rig.apply();
    expect((await rig.addDocument(reference, name, PDF)).body.details[0].field).toBe('name');
  });
});

/** A number that reads right and was given to nobody. */
function neverGiven(): string {
  const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
  const body = '22222222';
  const sum = [...body].reduce((total, character, index) => total + (index + 2) * alphabet.indexOf(character), 0);
  return `2222-2222-${alphabet[sum % 31]}`;
}
