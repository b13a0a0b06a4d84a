import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { OwnApplication } from '@app/contracts';
import { APPLICATION, Rig } from './applicants';

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.start();
});
afterAll(() => rig.stop());

describe('who decides', () => {
  it('is nobody on themselves or their own organisation', async () => {
    const { email, agent } = await rig.decider();
    const own = await rig.apply({ email: email.toUpperCase() });
    expect((await rig.decide(own.id, 'approve', rig.approval(), agent).expect(403)).body.code).toBe(
      'accreditation.own-application',
    );
    // Sent by the same person under another name.
    const { body: sent } = await agent
      .post('/api/v1/accreditations')
      .send({ ...APPLICATION, email: `${randomUUID()}@o.example` })
      .expect(201);
    expect((await rig.decide(sent.id as string, 'reject', { reason: 'for nothing' }, agent).expect(403)).body.code).toBe(
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
    const { agent } = await rig.decider({ kind: 'region', id: rig.region('North') });
    const north = await rig.apply({ regions: [rig.region('North')] });
    const south = await rig.apply({ regions: [rig.region('North'), rig.region('South')] });
    const anywhere = await rig.apply();
    const listed = (await rig.list({ limit: 200 }, agent)).items.map((item) => item.id);
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
      const page = await rig.list({ q: organisation, limit: 1, ...(cursor && { cursor }) });
      expect(page.total).toBe(4);
      order.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(order).toEqual([c.id, d.id, b.id, a.id]);
    const ids = async (query: object) => (await rig.list({ q: organisation, ...query })).items.map((item) => item.id);
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
    const answered = (await rig.ownPost(reference, 'answer', { answer: 'here it is' }).expect(200)).body as OwnApplication;
    const moved = (Date.parse(answered.dueAt) - Date.parse(dueAt)) / 3_600_000;
    expect(moved).toBeGreaterThan(1.99);
    expect(moved).toBeLessThan(2.1);
    await rig.chair.patch('/api/v1/accreditations/settings').send({ decisionDays: 2 }).expect(200);
    const next = await rig.apply();
    expect(Math.round((Date.parse(next.dueAt) - Date.now()) / 86_400_000)).toBe(2);
    expect((await rig.own(reference)).body.dueAt).toBe(answered.dueAt);
    expect(
      (await rig.chair.patch('/api/v1/accreditations/settings').send({ decisionDays: 0 }).expect(422)).body.details[0].field,
    ).toBe('decisionDays');
    await rig.chair.patch('/api/v1/accreditations/settings').send({ decisionDays: 5 }).expect(200);
  });
});
