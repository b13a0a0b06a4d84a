import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { AuditLog, bySystem, byUser, NO_ELECTION, verifyStretch, START } from '@app/audit';
import type { AuditEvent, AuditVerdict } from '@app/contracts';
import { TestApi, newElection } from '../api';
import { newPlace } from '../incidents/fixtures';

let api: TestApi;
let electionId: string;
let auditor: { id: string; cookie: string };

beforeAll(async () => {
  api = await TestApi.start();
  electionId = await newElection(api.db);
  auditor = await api.person('auditor');
});
afterAll(() => api.stop());

const add = (action: string, other: Partial<Parameters<typeof AuditLog.append>[1]> = {}): Promise<number> =>
  api.db
    .transaction()
    .execute((tx) =>
      AuditLog.append(tx, { electionId, actor: bySystem, action, subject: { kind: 'incident', id: randomUUID() }, ...other }),
    );
const get = (path: string, cookie = auditor.cookie) => api.guest.get(`/api/v1${path}`).set('Cookie', cookie);
const post = (path: string, body: object, cookie = auditor.cookie) =>
  api.guest.post(`/api/v1${path}`).set('Cookie', cookie).send(body);
const actionsOf = (body: unknown): string[] => (body as { items: AuditEvent[] }).items.map(({ action }) => action);

describe('a search of the audit log', () => {
  it('finds people by name or address, the system by its kind, and places by their code', async () => {
    const id = randomUUID();
    await api.db
      .insertInto('users')
      .values({ id, email: 'odil@example.org', name: 'Odil Rakhimov', password_hash: 'none' })
      .execute();
    const place = await newPlace(api.db);
    await add('test.person', { actor: byUser(id) });
    await add('test.place', { stationId: place.stationId });
    const find = async (query: string): Promise<string[]> =>
      actionsOf((await get(`/audit?action=test&${query}`).expect(200)).body);
    expect(await find('actor=rakhim')).toEqual(['test.person']);
    expect(await find('actor=odil%40example')).toEqual(['test.person']);
    expect(await find(`actor=${id}`)).toEqual(['test.person']);
    expect(await find('actor=system')).toEqual(['test.place']);
    expect(await find('actor=nobody-of-this-name')).toEqual([]);
    expect(await find(`station=${place.stationCode}`)).toEqual(['test.place']);
    expect(await find(`election=${NO_ELECTION}`)).toEqual([]);
    expect(await find('incident=2000000')).toEqual([]);
  });

  it.each([
    ['incident=many', 400],
    ['station=%20', 422],
    ['election=1', 422],
    ['from=today', 422],
  ])('refuses %s, naming the field', async (query, status) => {
    const answer = await get(`/audit?${query}`).expect(status);
    expect(JSON.stringify(answer.body)).toContain(query.split('=')[0]);
  });
});

describe('the chains of the audit log', () => {
  it('are verified stretch by stretch, from where the caller knows them', async () => {
    const election = randomUUID();
    for (let each = 0; each < 5; each += 1) await add('test.chained', { electionId: election });
    const first = await verifyStretch(api.db, election, START, 2);
    expect(first).toMatchObject({ head: { seq: 5 }, verified: { seq: 2 }, broken: null });
    expect(await verifyStretch(api.db, election, first.verified, 2)).toMatchObject({ verified: { seq: 4 }, broken: null });
    expect(await verifyStretch(api.db, election, { ...first.verified, hash: Buffer.alloc(32, 1) }, 2)).toMatchObject({
      verified: { seq: 2 },
      broken: { seq: 3, why: 'changed' },
    });
    const { body } = await get(`/audit/verify?election=${election}`).expect(200);
    expect(body).toMatchObject({ head: { seq: 5 }, verified: { seq: 5 }, broken: null, next: null });
    const { verified } = body as AuditVerdict;
    await add('test.chained', { electionId: election });
    const on = await get(`/audit/verify?election=${election}&after=${verified.seq}:${verified.hash}`).expect(200);
    expect(on.body).toMatchObject({ verified: { seq: 6 }, broken: null, next: null });
  });

  it('show where somebody with the keys of the database changed one', async () => {
    const election = randomUUID();
    for (let each = 0; each < 4; each += 1) await add('test.chained', { electionId: election, reason: 'as it was' });
    await sql`alter table audit_events disable trigger audit_events_append_only`.execute(api.db);
    await sql`update audit_events set reason = 'as it should have been' where election_id = ${election} and seq = 3`.execute(
      api.db,
    );
    const { body } = await get(`/audit/verify?election=${election}`).expect(200);
    expect(body).toMatchObject({ verified: { seq: 2 }, broken: { seq: 3, why: 'changed' }, next: null });
    await sql`delete from audit_events where election_id = ${election} and seq > 2`.execute(api.db);
    const cut = await get(`/audit/verify?election=${election}`).expect(200);
    expect(cut.body).toMatchObject({ verified: { seq: 2 }, broken: { seq: 3, why: 'missing' } });
  });

  it('are listed with their heads, those that lie in reach', async () => {
    const all = (await get('/audit/chains').expect(200)).body as { items: { electionId: string; election: string | null }[] };
    expect(all.items.find((each) => each.electionId === electionId)?.election).not.toBeNull();
    expect(all.items.find((each) => each.electionId === NO_ELECTION)?.election ?? null).toBeNull();
    const place = await newPlace(api.db);
    const regional = await api.person('auditor', { kind: 'region', id: place.regionId });
    expect((await get('/audit/chains', regional.cookie).expect(200)).body).toEqual({ items: [] });
    expect((await get(`/audit/verify?election=${electionId}`, regional.cookie).expect(403)).body).toMatchObject({
      code: 'access.denied',
    });
  });
});

describe('an export of the audit log', () => {
  it('has what the search finds, with its hashes, and is an event itself', async () => {
    for (let each = 0; each < 3; each += 1) await add('export.tested', { reason: `=${each}` });
    const answer = await post('/audit/export.json', { reason: 'For the court', action: 'export' }).expect(200);
    expect(answer.headers['content-disposition']).toContain('audit.json');
    const { events } = answer.body as { events: AuditEvent[] };
    expect(events.map(({ reason }) => reason)).toEqual(['=2', '=1', '=0']);
    expect(events[0]?.previousHash).toBe(events[1]?.hash);
    const csv = await post('/audit/export.csv', { reason: 'For the court', action: 'export' }).expect(200);
    expect(csv.text.trim().split('\r\n')).toHaveLength(4);
    expect(csv.text).toContain(`'=2`);
    const { body } = await get('/audit?action=audit.exported').expect(200);
    expect((body as { items: AuditEvent[] }).items).toMatchObject([
      { actor: { id: auditor.id }, reason: 'For the court', subject: { id: 'csv' }, detail: { filter: { action: 'export' } } },
      { subject: { id: 'json' } },
    ]);
  });

  it('keeps to the reach of whoever exports', async () => {
    const place = await newPlace(api.db);
    await add('reach.tested', { regionId: place.regionId });
    await add('reach.tested');
    const regional = await api.person('auditor', { kind: 'region', id: place.regionId });
    const { text } = await post('/audit/export.csv', { reason: 'Ours', action: 'reach' }, regional.cookie).expect(200);
    expect(text.trim().split('\r\n')).toHaveLength(2);
  });

  it('asks for a reason and for the second factor', async () => {
    const without = await post('/audit/export.csv', {}).expect(400);
    expect(JSON.stringify(without.body)).toContain('reason');
    const old = await api.person('auditor');
    await api.db
      .updateTable('sessions')
      .set({ factor_shown_at: new Date(Date.now() - 3_600_000) })
      .where('user_id', '=', old.id)
      .execute();
    const stale = await post('/audit/export.csv', { reason: 'For the court' }, old.cookie).expect(403);
    expect(stale.body).toMatchObject({ code: 'access.step-up-needed' });
  });
});
