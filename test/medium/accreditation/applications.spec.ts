import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { APPLICATIONS_AN_HOUR } from '@app/accreditation';
import type { FieldProblem } from '@app/contracts';
import { APPLICATION, Rig } from './applicants';

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.start();
});
afterAll(() => rig.stop());
const guest = () => rig.api.guest;

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
    expect((await rig.list({ q: email })).total).toBe(1);
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
    const [problem] = answer.body.details as FieldProblem[];
    expect([answer.status, problem?.field.split('.')[0]]).toEqual([expect.any(Number), field]);
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
