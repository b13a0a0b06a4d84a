import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Hold, HoldDetail, Page } from '@app/contracts';
import { seedIncidentCodes } from '@app/incidents';
import { forgetHolds } from '@app/testing';
import { TestApi } from '../api';
import { newPlace, type Place } from '../incidents/fixtures';
import { SEGMENT_BYTES, storeRows } from './stored-rows';

const MINUTE = 60_000;
const FROM = Date.parse('2026-10-25T10:00:00Z');
const at = (minutes: number): string => new Date(FROM + minutes * MINUTE).toISOString();
const soon = (ms = 60 * MINUTE): string => new Date(Date.now() + ms).toISOString();

describe('holds over HTTP', () => {
  let api: TestApi;
  let place: Place;
  let custodian: Awaited<ReturnType<TestApi['as']>>;
  let auditor: typeof custodian;

  beforeAll(async () => {
    api = await TestApi.start();
    place = await newPlace(api.db);
    [custodian, auditor] = [await api.as('custodian'), await api.as('auditor')];
    await storeRows(api.db, place.cameraId, FROM, 30);
    await seedIncidentCodes(api.db);
  });
  afterAll(() => api.stop());
  beforeEach(() => forgetHolds(api.db));

  const wanted = (other: object = {}) => ({
    cameraId: place.cameraId,
    from: at(0),
    to: at(10),
    reason: 'ballot box moved',
    ...other,
  });
  const make = async (other: object = {}): Promise<Hold> =>
    (await custodian.post('/api/v1/holds').send(wanted(other)).expect(201)).body as Hold;
  const get = async (id: string) => (await auditor.get(`/api/v1/holds/${id}`).expect(200)).body as HoldDetail;
  const idsOf = (answer: { body: unknown }) => (answer.body as Page<Hold>).items.map(({ id }) => id);
  const release = (who: typeof custodian, id: string, step = '') =>
    who.post(`/api/v1/holds/${id}/release${step}`).send({ reason: 'court order 17' });
  const code = (answer: { status: number; body: { code?: string } }) => [answer.status, answer.body.code];

  it('are made with a reason and listed with their size, newest first, page by page', async () => {
    const hold = await make();
    expect(hold).toMatchObject({
      state: 'active',
      camera: { id: place.cameraId, name: 'Ballot box' },
      station: { code: place.stationCode },
      from: at(0),
      to: at(10),
      reason: 'ballot box moved',
      owner: { name: 'custodian' },
      incident: null,
      expiresAt: null,
      bytes: 30 * SEGMENT_BYTES,
      release: null,
    });
    const { cameraId: _, ...ofStation } = wanted();
    const second = (
      await custodian
        .post('/api/v1/holds')
        .send({ ...ofStation, stationCode: place.stationCode })
        .expect(201)
    ).body;
    expect(second).toMatchObject({ camera: null, station: { code: place.stationCode }, bytes: 30 * SEGMENT_BYTES });
    const first = (await auditor.get('/api/v1/holds?limit=1').expect(200)).body;
    expect([first.items, first.total, first.budget]).toEqual([[second], 2, null]);
    const rest = (await auditor.get(`/api/v1/holds?limit=1&cursor=${first.nextCursor}`).expect(200)).body;
    expect([rest.items, rest.nextCursor]).toEqual([[hold], null]);
    const ids = async (query: string) => idsOf(await auditor.get(`/api/v1/holds?${query}`).expect(200));
    expect(await ids(`camera=${place.cameraId}`)).toEqual([second.id, hold.id]);
    expect(await ids(`station=${place.stationCode}&state=active`)).toEqual([second.id, hold.id]);
    expect(await ids('state=expired')).toEqual([]);
    expect(await ids('release=asked')).toEqual([]);
    expect((await get(hold.id)).events).toMatchObject([
      { type: 'made', actor: { name: 'custodian' }, reason: 'ballot box moved' },
    ]);
  });

  it('are made once for one key', async () => {
    const key = randomUUID();
    const send = () => custodian.post('/api/v1/holds').set('Idempotency-Key', key).send(wanted());
    const [one, other] = [await send(), await send()];
    expect([one.status, other.body]).toEqual([201, one.body]);
    expect((await auditor.get('/api/v1/holds')).body.total).toBe(1);
  });

  it.each([
    ['no place', { cameraId: undefined }, 'cameraId', 'is given, or stationCode is'],
    ['two places', { stationCode: '0101' }, 'stationCode', 'comes only without cameraId'],
    ['an unknown camera', { cameraId: randomUUID() }, 'cameraId', 'is a camera'],
    ['an unknown station', { cameraId: undefined, stationCode: 'NOWHERE' }, 'stationCode', 'is a station'],
    ['an end before its beginning', { to: at(0) }, 'to', 'is later than from'],
    ['too long a range', { to: at(7 * 24 * 60 + 1) }, 'to', 'is at most 7 days after from'],
    ['no reason', { reason: '  x ' }, 'reason', 'has at least 3 characters'],
    ['an expiry that is over', { expiresAt: at(0) }, 'expiresAt', 'is later than now'],
  ])('are refused with %s, naming field and rule', async (_what, other, field, rule) => {
    const { status, body } = await custodian.post('/api/v1/holds').send(wanted(other));
    expect([status, body.details]).toEqual([status === 404 ? 404 : 422, [{ field, rule }]]);
    expect((await auditor.get('/api/v1/holds')).body.total).toBe(0);
  });

  it('end later by one person, and earlier by nobody alone', async () => {
    const { id } = await make({ expiresAt: soon() });
    const prolong = (expiresAt: string | null) => custodian.patch(`/api/v1/holds/${id}`).send({ expiresAt, reason: 'appeal' });
    const later = soon(120 * MINUTE);
    expect((await prolong(later).expect(200)).body.expiresAt).toBe(later);
    const earlier = await prolong(soon());
    expect([...code(earlier), earlier.body.details[0].field]).toEqual([422, 'hold.expiry-earlier', 'expiresAt']);
    expect((await prolong(null).expect(200)).body.expiresAt).toBeNull();
    expect(code(await prolong(later))).toEqual([422, 'hold.expiry-earlier']);
    expect((await prolong(at(0))).body.details).toEqual([{ field: 'expiresAt', rule: 'is later than now' }]);
    expect((await get(id)).events.map(({ type, expiresAt }) => [type, expiresAt])).toEqual([
      ['made', expect.any(String)],
      ['prolonged', later],
      ['prolonged', null],
    ]);
  });

  it('that have expired stay on the list and may be taken up again', async () => {
    const { id } = await make({ expiresAt: soon(300) });
    await sql`update holds set expires_at = now() - interval '1 second'`.execute(api.db);
    expect((await get(id)).state).toBe('expired');
    expect(code(await release(custodian, id))).toEqual([409, 'hold.expired']);
    const again = await custodian.patch(`/api/v1/holds/${id}`).send({ expiresAt: null, reason: 'appeal' }).expect(200);
    expect(again.body.state).toBe('active');
  });

  it('are released by two people, one a custodian, the other an auditor, and what happened stays', async () => {
    const { id } = await make();
    expect(code(await release(auditor, id, '/confirm'))).toEqual([409, 'hold.release-not-asked']);
    const asked = await release(custodian, id);
    expect([asked.status, asked.body.state]).toEqual([200, 'active']);
    expect(asked.body.release).toMatchObject({ reason: 'court order 17', askedBy: { name: 'custodian' }, confirmedBy: null });
    expect(idsOf(await auditor.get('/api/v1/holds?release=asked'))).toEqual([id]);
    expect(code(await release(auditor, id))).toEqual([409, 'hold.release-asked']);
    expect(code(await release(custodian, id, '/confirm'))).toEqual([403, 'hold.release-same-person']);
    expect(code(await release(await api.as('custodian'), id, '/confirm'))).toEqual([403, 'hold.release-same-side']);
    const released = await release(auditor, id, '/confirm');
    expect(released.body).toMatchObject({
      state: 'released',
      release: { askedBy: { name: 'custodian' }, confirmedBy: { name: 'auditor' }, confirmedAt: expect.any(String) },
    });
    expect(code(await release(auditor, id))).toEqual([409, 'hold.released']);
    expect(code(await custodian.patch(`/api/v1/holds/${id}`).send({ expiresAt: null, reason: 'no, stay' }))).toEqual([
      409,
      'hold.released',
    ]);
    const audited = await api.db
      .selectFrom('audit_events')
      .select(['action', 'reason'])
      .where('subject_id', '=', id)
      .orderBy('seq')
      .execute();
    expect(audited).toEqual([
      { action: 'hold.made', reason: 'ballot box moved' },
      { action: 'hold.release-asked', reason: 'court order 17' },
      { action: 'hold.released', reason: 'court order 17' },
    ]);
    const { events } = await get(id);
    expect(events.map((event) => [event.type, event.reason])).toEqual([
      ['made', 'ballot box moved'],
      ['release-asked', 'court order 17'],
      ['released', 'court order 17'],
    ]);
  });

  it('are released once when two confirm at the same time', async () => {
    const { id } = await make();
    await release(custodian, id).expect(200);
    const both = await Promise.all([auditor, await api.as('auditor')].map((who) => release(who, id, '/confirm')));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('are made, seen and released only where one’s right reaches, and with the second factor shown of late', async () => {
    const elsewhere = await newPlace(api.db);
    const scope = { kind: 'station' as const, id: elsewhere.stationId };
    const [other, { id }] = [await api.as('custodian', scope), await make()];
    expect(code(await other.post('/api/v1/holds').send(wanted()))).toEqual([403, 'access.denied']);
    expect((await other.get('/api/v1/holds').expect(200)).body.items).toEqual([]);
    expect(code(await other.get(`/api/v1/holds/${id}`))).toEqual([403, 'access.denied']);
    expect(code(await release(other, id))).toEqual([403, 'access.denied']);
    const own = await other
      .post('/api/v1/holds')
      .send(wanted({ cameraId: elsewhere.cameraId }))
      .expect(201);
    expect((await other.get('/api/v1/holds')).body.items).toMatchObject([{ id: own.body.id }]);
    const late = await api.as('custodian');
    await sql`update sessions set factor_shown_at = factor_shown_at - interval '11 minutes'`.execute(api.db);
    expect(code(await late.post('/api/v1/holds').send(wanted()))).toEqual([403, 'access.step-up-needed']);
    expect(code(await release(late, id))).toEqual([403, 'access.step-up-needed']);
    [custodian, auditor] = [await api.as('custodian'), await api.as('auditor')];
  });

  it('hold on when their release is refused', async () => {
    const { id } = await make();
    await release(auditor, id).expect(200);
    expect((await release(custodian, id, '/refuse')).body).toMatchObject({ state: 'active', release: null });
    expect(code(await release(custodian, id, '/confirm'))).toEqual([409, 'hold.release-not-asked']);
    expect((await get(id)).events.map(({ type }) => type)).toEqual(['made', 'release-asked', 'release-refused']);
  });

  it('of a flag are released by nobody while its case is open, and by two when it is closed', async () => {
    const flagged = await flagWithHold();
    expect(code(await release(custodian, flagged.hold))).toEqual([409, 'hold.case-open']);
    await sql`update incidents set state = 'closed' where id = ${flagged.incident}`.execute(api.db);
    await release(custodian, flagged.hold).expect(200);
    await sql`update incidents set state = 'in_review' where id = ${flagged.incident}`.execute(api.db);
    expect(code(await release(auditor, flagged.hold, '/confirm'))).toEqual([409, 'hold.case-open']);
    await sql`update incidents set state = 'closed' where id = ${flagged.incident}`.execute(api.db);
    expect((await release(auditor, flagged.hold, '/confirm')).body.state).toBe('released');
    expect((await auditor.get(`/api/v1/holds?incident=${flagged.incident}`)).body.items).toMatchObject([
      { id: flagged.hold, owner: null, incident: { id: flagged.incident } },
    ]);
  });

  async function flagWithHold(): Promise<{ incident: string; hold: string }> {
    const observer = await api.as('observer');
    const now = Date.now();
    const flag = { cameraId: place.cameraId, at: new Date(now - 3_000).toISOString(), code: 'OTH-00' };
    const clock = { pressedAt: new Date(now).toISOString(), delayMs: 3_000 };
    const { body } = await observer
      .post('/api/v1/incidents')
      .send({ ...flag, clock })
      .expect(201);
    const row = await api.db.selectFrom('holds').select('id').where('incident_id', '=', body.id).executeTakeFirstOrThrow();
    return { incident: body.id, hold: row.id };
  }

  it('are not made beyond the budget by hand; a flag holds all the same', async () => {
    const usage = { used_bytes: 1_000, limit_bytes: 1_000 + 30 * SEGMENT_BYTES - 1, level: 'late' as const };
    const times = { level_since: new Date(), counted_at: new Date() };
    await api.db
      .insertInto('hold_usage')
      .values({ ...usage, ...times })
      .execute();
    const refused = await custodian.post('/api/v1/holds').send(wanted());
    expect([...code(refused), refused.body.details]).toEqual([
      409,
      'hold.over-budget',
      { bytes: 3_000, usedBytes: 1_000, limitBytes: 3_999 },
    ]);
    await flagWithHold();
    await sql`update hold_usage set limit_bytes = limit_bytes + 1`.execute(api.db);
    await make();
    const { budget } = (await auditor.get('/api/v1/holds')).body;
    expect(budget).toMatchObject({ usedBytes: 1_000, limitBytes: 4_000, level: 'late' });
  });

  it('keep their camera from being deleted, also before it has footage', async () => {
    const other = await newPlace(api.db);
    await make({ cameraId: other.cameraId });
    const operator = await api.as('operator');
    expect(code(await operator.delete(`/api/v1/cameras/${other.cameraId}`))).toEqual([409, 'camera.holds-footage']);
  });

  it('are deleted by nobody, and released by one person not even in the database', async () => {
    const { id, owner } = await make();
    await expect(sql`delete from holds`.execute(api.db)).rejects.toThrow('holds is append-only');
    await expect(sql`delete from hold_events`.execute(api.db)).rejects.toThrow('hold_events is append-only');
    await expect(sql`update hold_events set reason = 'x'`.execute(api.db)).rejects.toThrow('hold_events is append-only');
    const one = sql`update holds set released_at = now(), release_asked_by = ${owner?.id}, released_by = ${owner?.id} where id = ${id}`;
    await expect(one.execute(api.db)).rejects.toThrow('holds_released_by_two');
    await expect(sql`update holds set released_at = now()`.execute(api.db)).rejects.toThrow('holds_released_by_two');
  });
});
