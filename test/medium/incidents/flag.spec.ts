import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Incident, type Role, ROLES } from '@app/contracts';
import { type Db, type RepeatKey, requestHash } from '@app/database';
import { type Actor, HOLD_AFTER_MS, HOLD_BEFORE_MS, seedIncidentCodes, TAXONOMY } from '@app/incidents';
import { createTestDatabase } from '@app/testing';
import { incidentServices, newActor, newFlag, newPlace, type Place, refusal } from './fixtures';

let db: Db;
let stop: () => Promise<void>;
let services: Awaited<ReturnType<typeof incidentServices>>;
let place: Place;
let observer: Actor;

beforeAll(async () => {
  ({ db, stop } = await createTestDatabase());
  services = await incidentServices(db);
  place = await newPlace(db);
  observer = await newActor(db, 'observer');
});
afterAll(() => stop());

const keyFor = (actor: Actor, key: string, body: unknown): RepeatKey => ({
  userId: actor.user.id,
  route: 'POST /incidents',
  key,
  requestHash: requestHash(body),
});
const count = async (table: 'incidents' | 'holds' | 'incident_clips' | 'incident_events' | 'outbox'): Promise<number> =>
  (await db.selectFrom(table).select(db.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n;
const eventsOf = async (id: string) => (await services.details.get(observer, id)).events;

describe('flagging', () => {
  it('stores the incident, its event, the hold, the clip to cut and the announcement', async () => {
    const incident = await services.flags.flag(observer, newFlag(place.cameraId, { note: 'two ballots' }));
    const hold = await db.selectFrom('holds').selectAll().where('incident_id', '=', incident.id).executeTakeFirstOrThrow();
    expect(hold.from_at.getTime()).toBe(Date.parse(incident.from) - HOLD_BEFORE_MS);
    expect(hold.to_at.getTime()).toBe(Date.parse(incident.to) + HOLD_AFTER_MS);
    expect(incident.clip.state).toBe('waiting');
    const announced = await db.selectFrom('outbox').selectAll().orderBy('id', 'desc').executeTakeFirstOrThrow();
    expect([announced.event, announced.payload]).toEqual(['IncidentFlagged', { incident }]);
    expect(await eventsOf(incident.id)).toMatchObject([
      { type: 'flagged', actor: 'A observer', detail: { version: 1, note: 'two ballots', clock: { delayMs: 3000 } } },
    ]);
    expect(incident).toMatchObject({
      state: 'submitted',
      severity: 'S1',
      codeLabel: 'Ballot-box stuffing',
      version: 1,
      station: { code: place.stationCode },
      reporter: { id: observer.user.id },
    });
  });

  it('asks for the clip when its range has ended, and wakes the relay', async () => {
    const before = services.kicks();
    const incident = await services.flags.flag(observer, newFlag(place.cameraId));
    const clip = services.enqueued.find((job) => job.incidentId === incident.id);
    expect(clip?.delayMs).toBeGreaterThan(6_000);
    expect(clip?.delayMs).toBeLessThanOrEqual(8_500);
    expect(services.kicks()).toBe(before + 1);
  });

  it('needs no category: it is Other then', async () => {
    const incident = await services.flags.flag(observer, newFlag(place.cameraId, { code: 'OTH-00' }));
    expect([incident.code, incident.severity]).toEqual(['OTH-00', 'S4']);
  });

  it.each([
    ['an unknown code', () => ({ code: 'VOT-99' }), 'incident.code-unknown', ['code']],
    ['a frame in the future', () => ({ at: fromNow(60_000) }), 'incident.range-invalid', ['at']],
    ['a start after the frame', () => ({ from: fromNow(5_000) }), 'incident.range-invalid', ['from']],
    ['an end before the frame', () => ({ to: fromNow(-60_000) }), 'incident.range-invalid', ['to']],
    ['eleven minutes', () => ({ from: fromNow(-650_000) }), 'incident.range-invalid', ['to']],
    ['a frame an hour old', () => ({ at: fromNow(-3_600_000) }), 'incident.range-invalid', ['at']],
    ['several at once', () => ({ code: 'X', at: fromNow(60_000) }), 'incident.code-unknown', ['code', 'at']],
    ['an unknown camera', () => ({ cameraId: randomUUID() }), 'camera.not-found', ['cameraId']],
  ])('refuses %s, names the field and stores nothing', async (_name, wrong, code, fields) => {
    const before = [await count('incidents'), await count('holds'), await count('outbox')];
    const body = newFlag(place.cameraId, wrong());
    const key = keyFor(observer, randomUUID(), body);
    expect(await refusal(services.flags.flag(observer, body, key))).toEqual({ code, fields });
    expect([await count('incidents'), await count('holds'), await count('outbox')]).toEqual(before);
    const kept = await db.selectFrom('idempotency_keys').select('key').where('key', '=', key.key).execute();
    expect(kept).toEqual([]);
  });

  it('refuses a code that the deployment hides', async () => {
    await db.updateTable('incident_codes').set({ hidden: true }).where('code', '=', 'EVT-04').execute();
    expect(await refusal(services.flags.flag(observer, newFlag(place.cameraId, { code: 'EVT-04' })))).toMatchObject({
      code: 'incident.code-unknown',
    });
  });
});

describe('the same idempotency key', () => {
  it('makes one incident of twenty requests at once, and gives all of them the same answer', async () => {
    const body = newFlag(place.cameraId);
    const key = keyFor(observer, randomUUID(), body);
    const before = await count('incidents');
    const answers = await Promise.all(Array.from({ length: 20 }, () => services.flags.flag(observer, body, key)));
    expect(await count('incidents')).toBe(before + 1);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(services.enqueued.filter((job) => job.incidentId === answers[0]?.id)).toHaveLength(1);
  });

  it('gives the first answer also after the flag was changed', async () => {
    const body = newFlag(place.cameraId);
    const key = keyFor(observer, randomUUID(), body);
    const first = await services.flags.flag(observer, body, key);
    await services.own.describe(observer, first.id, { note: 'later' });
    expect(await services.flags.flag(observer, body, key)).toEqual(first);
  });

  it('does not depend on the order of the fields', () => {
    expect(requestHash({ a: 1, b: { c: 2, d: 3 } })).toEqual(requestHash({ b: { d: 3, c: 2 }, a: 1 }));
  });

  it('is refused with another flag', async () => {
    const body = newFlag(place.cameraId);
    const key = randomUUID();
    await services.flags.flag(observer, body, keyFor(observer, key, body));
    const other = { ...body, code: 'VOT-02' };
    expect(await refusal(services.flags.flag(observer, other, keyFor(observer, key, other)))).toMatchObject({
      code: 'idempotency-key.reused',
    });
  });

  it('of another person is another key', async () => {
    const other = await newActor(db, 'observer');
    const body = newFlag(place.cameraId);
    const key = randomUUID();
    const mine = await services.flags.flag(observer, body, keyFor(observer, key, body));
    const theirs = await services.flags.flag(other, body, keyFor(other, key, body));
    expect(theirs.id).not.toBe(mine.id);
  });

  it('may be used again when the first request was refused', async () => {
    const key = randomUUID();
    const wrong = newFlag(place.cameraId, { code: 'NOPE' });
    await refusal(services.flags.flag(observer, wrong, keyFor(observer, key, wrong)));
    const body = newFlag(place.cameraId);
    expect((await services.flags.flag(observer, body, keyFor(observer, key, body))).code).toBe('VOT-01');
  });
});

describe('describing one’s own flag', () => {
  it('makes a new version that says what changed', async () => {
    const flag = await services.flags.flag(observer, newFlag(place.cameraId, { code: 'OTH-00' }));
    const described = await services.own.describe(observer, flag.id, { code: 'ENV-03', note: 'posters' });
    expect(described).toMatchObject({ code: 'ENV-03', severity: 'S3', note: 'posters', version: 2 });
    expect((await eventsOf(flag.id)).at(-1)).toMatchObject({
      type: 'described',
      detail: { version: 2, changes: { code: { from: 'OTH-00', to: 'ENV-03' }, note: { from: null, to: 'posters' } } },
    });
    const announced = await db.selectFrom('outbox').select(['event', 'payload']).orderBy('id', 'desc').executeTakeFirstOrThrow();
    expect(announced).toEqual({ event: 'IncidentChanged', payload: { incident: described } });
  });

  it('keeps a severity that the reporter chose', async () => {
    const flag = await services.flags.flag(observer, newFlag(place.cameraId, { code: 'OTH-00', severity: 'S1' }));
    expect((await services.own.describe(observer, flag.id, { code: 'ENV-03' })).severity).toBe('S1');
  });

  it('with what is there already changes nothing', async () => {
    const flag = await services.flags.flag(observer, newFlag(place.cameraId));
    const before = await count('outbox');
    expect((await services.own.describe(observer, flag.id, { code: flag.code })).version).toBe(1);
    expect(await count('outbox')).toBe(before);
  });

  it('does not lose one of two changes at once', async () => {
    const flag = await services.flags.flag(observer, newFlag(place.cameraId));
    await Promise.all([
      services.own.describe(observer, flag.id, { note: 'a note' }),
      services.own.describe(observer, flag.id, { severity: 'S3' }),
    ]);
    expect(await services.details.get(observer, flag.id)).toMatchObject({ note: 'a note', severity: 'S3', version: 3 });
  });

  it('refuses an unknown code', async () => {
    const flag = await services.flags.flag(observer, newFlag(place.cameraId));
    const refused = await refusal(services.own.describe(observer, flag.id, { code: 'VOT-99' }));
    expect(refused).toEqual({ code: 'incident.code-unknown', fields: ['code'] });
  });

  it('is refused to everybody else', async () => {
    const flag = await services.flags.flag(observer, newFlag(place.cameraId));
    const [other, triage] = [await newActor(db, 'observer'), await newActor(db, 'triage')];
    expect((await refusal(services.own.describe(other, flag.id, { note: 'x' }))).code).toBe('incident.not-found');
    expect((await refusal(services.own.describe(triage, flag.id, { note: 'x' }))).code).toBe('access.denied');
  });
});

describe('withdrawing one’s own flag', () => {
  it('keeps the record, the hold and the clip', async () => {
    const flag = await services.flags.flag(observer, newFlag(place.cameraId));
    const withdrawn = await services.own.withdraw(observer, flag.id);
    expect(withdrawn).toMatchObject({ state: 'withdrawn', version: 2, code: flag.code, clip: { state: 'waiting' } });
    expect(await db.selectFrom('holds').select('id').where('incident_id', '=', flag.id).execute()).toHaveLength(1);
    expect((await eventsOf(flag.id)).map((event) => event.type)).toEqual(['flagged', 'withdrawn']);
  });

  it('twice is the same as once', async () => {
    const flag = await services.flags.flag(observer, newFlag(place.cameraId));
    const first = await services.own.withdraw(observer, flag.id);
    services.clock.advance(60_000);
    expect(await services.own.withdraw(observer, flag.id)).toEqual(first);
  });

  it('is too late after ten seconds and a little', async () => {
    const flag = await services.flags.flag(observer, newFlag(place.cameraId, {}, services.clock.nowMs()));
    services.clock.advance(16_000);
    expect((await refusal(services.own.withdraw(observer, flag.id))).code).toBe('incident.undo-too-late');
  });

  it('leaves nothing to describe', async () => {
    const flag = await services.flags.flag(observer, newFlag(place.cameraId, {}, services.clock.nowMs()));
    await services.own.withdraw(observer, flag.id);
    expect((await refusal(services.own.describe(observer, flag.id, { note: 'x' }))).code).toBe('incident.withdrawn');
  });
});

describe('what each role may do with incidents', () => {
  const may: Record<Role, { flag: boolean; list: 'none' | 'own' | 'all' }> = {
    viewer: { flag: false, list: 'none' },
    observer: { flag: true, list: 'own' },
    triage: { flag: true, list: 'all' },
    reviewer: { flag: false, list: 'all' },
    chair: { flag: false, list: 'all' },
    custodian: { flag: false, list: 'all' },
    auditor: { flag: false, list: 'all' },
    operator: { flag: false, list: 'none' },
    admin: { flag: false, list: 'none' },
  };

  it.each(ROLES)('%s', async (role) => {
    const somebody = await newActor(db, 'observer');
    const theirs = await services.flags.flag(somebody, newFlag(place.cameraId, {}, services.clock.nowMs()));
    const actor = await newActor(db, role);
    const flagging = services.flags.flag(actor, newFlag(place.cameraId, {}, services.clock.nowMs()));
    if (may[role].flag) expect((await flagging).reporter?.id).toBe(actor.user.id);
    else expect((await refusal(flagging)).code).toBe('access.denied');

    const query = { limit: 200 };
    if (may[role].list === 'none') {
      expect((await refusal(services.queries.list(actor, query))).code).toBe('access.denied');
      expect((await refusal(services.details.get(actor, theirs.id))).code).toBe('access.denied');
      expect((await refusal(services.queries.file(actor, theirs.id, 'clip'))).code).toBe('access.denied');
      return;
    }
    const listed = await services.queries.list(actor, query);
    const sees = listed.items.some((incident) => incident.id === theirs.id);
    expect(sees).toBe(may[role].list === 'all');
    if (may[role].list === 'own') {
      expect(new Set(listed.items.map((incident) => incident.reporter?.id))).toEqual(new Set([actor.user.id]));
      expect((await refusal(services.details.get(actor, theirs.id))).code).toBe('incident.not-found');
      expect((await refusal(services.queries.file(actor, theirs.id, 'clip'))).code).toBe('incident.not-found');
    } else expect((await services.details.get(actor, theirs.id)).id).toBe(theirs.id);
  });
});

describe('the list', () => {
  let reviewer: Actor;
  let upper: Place;
  let lower: Place;
  let flagged: Incident[];

  beforeAll(async () => {
    reviewer = await newActor(db, 'reviewer');
    upper = await newPlace(db);
    lower = await newPlace(db, upper);
    flagged = [];
    const codes = ['VOT-01', 'VOT-02', 'ENV-03', 'CNT-02', 'CAM-01'];
    for (const [index, code] of codes.entries()) {
      const camera = index % 2 === 0 ? upper : lower;
      const note = index === 2 ? '50%_sure' : `note ${index}`;
      flagged.push(await services.flags.flag(observer, newFlag(camera.cameraId, { code, note }, services.clock.nowMs())));
    }
    flagged[4] = await services.own.withdraw(observer, flagged[4]!.id);
  });

  const found = async (query: object): Promise<number[]> => {
    const page = await services.queries.list(reviewer, { limit: 200, region: upper.regionId, ...query });
    return page.items.map((item) => flagged.findIndex((incident) => incident.id === item.id));
  };

  it.each([
    ['newest first, regions below included', {}, [4, 3, 2, 1, 0]],
    ['state', { state: ['withdrawn', 'closed'] }, [4]],
    ['code', { code: 'VOT-02' }, [1]],
    ['severity', { severity: 'S1' }, [3, 1, 0]],
    ['text of the note, with % and _ as themselves', { q: '50%_s' }, [2]],
    ['text that is nowhere', { q: '5_%' }, []],
    ['not mine', { mine: '1' }, []],
  ])('by %s', async (_name, query, expected) => {
    expect(await found(query)).toEqual(expected);
  });

  it('by a region that lies below, by station and by number', async () => {
    expect(await found({ region: lower.regionId })).toEqual([3, 1]);
    expect(await found({ region: undefined, station: upper.stationCode })).toEqual([4, 2, 0]);
    expect(await found({ q: `#${flagged[1]!.number}` })).toContain(1);
  });

  it('goes on from page to page without a doublet, whatever comes in between', async () => {
    const query = { limit: 2, region: upper.regionId };
    const first = await services.queries.list(reviewer, query);
    const late = await services.flags.flag(observer, newFlag(upper.cameraId, {}, services.clock.nowMs()));
    const second = await services.queries.list(reviewer, { ...query, cursor: first.nextCursor! });
    const third = await services.queries.list(reviewer, { ...query, cursor: second.nextCursor! });
    expect([...first.items, ...second.items, ...third.items].map((item) => item.id)).toEqual(
      [4, 3, 2, 1, 0].map((index) => flagged[index]!.id),
    );
    expect([first.total, second.total, third.nextCursor]).toEqual([5, 6, null]);
    expect(late.number).toBeGreaterThan(flagged[4]!.number);
  });

  it('refuses a cursor that is not one', async () => {
    expect(await refusal(services.queries.list(reviewer, { limit: 2, cursor: 'abc' }))).toEqual({
      code: 'request.invalid',
      fields: ['cursor'],
    });
  });
});

describe('the record of an incident', () => {
  it.each([
    ['changed', sql`update incident_events set detail = '{}'`],
    ['deleted', sql`delete from incident_events`],
    ['emptied', sql`truncate incident_events`],
  ])('cannot be %s, not even by the database’s owner', async (_name, statement) => {
    const before = await count('incident_events');
    await expect(statement.execute(db)).rejects.toThrow('incident_events is append-only');
    expect(await count('incident_events')).toBe(before);
  });
});

describe('the taxonomy in the database', () => {
  it('is seeded once, however often, and leaves what was changed', async () => {
    await db.updateTable('incident_codes').set({ hidden: true }).where('code', '=', 'EVT-01').execute();
    await Promise.all([seedIncidentCodes(db), seedIncidentCodes(db)]);
    const rows = await db.selectFrom('incident_codes').selectAll().execute();
    expect(rows).toHaveLength(TAXONOMY.length);
    expect(rows.find((row) => row.code === 'EVT-01')?.hidden).toBe(true);
  });
});

function fromNow(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}
