import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { DecisionsQuery, LoggedDecision } from '@app/contracts';
import type { Db } from '@app/database';
import { type Actor, DecisionsLog } from '@app/incidents';
import { createTestDatabase, rightsOf } from '@app/testing';
import { incidentServices, newActor, newFlag, newPlace, type Place, refusal } from './fixtures';

const MINUTE_MS = 60_000;

let db: Db;
let stop: () => Promise<void>;
let services: Awaited<ReturnType<typeof incidentServices>>;
let log: DecisionsLog;
let north: Place;
let south: Place;
let reader: Actor;
let people: { observer: Actor; a: Actor; b: Actor; p: Actor; chair: Actor };

beforeAll(async () => {
  ({ db, stop } = await createTestDatabase());
  services = await incidentServices(db);
  log = new DecisionsLog(db, services.clock);
  north = await newPlace(db);
  south = await newPlace(db);
  reader = await newActor(db, 'auditor');
  const named = async (role: Parameters<typeof newActor>[1], name: string): Promise<Actor> => {
    const actor = await newActor(db, role);
    await db.updateTable('users').set({ name }).where('id', '=', actor.user.id).execute();
    return actor;
  };
  people = {
    observer: await newActor(db, 'observer'),
    a: await named('reviewer', 'Anna'),
    b: await named('reviewer', 'Berta'),
    p: await named('reviewer', 'Petra'),
    chair: await named('chair', 'Carl'),
  };
});
afterAll(() => stop());

/** An incident in review, with one finding and a second one that agrees or not; a panel ends what they dispute. */
async function decide(place: Place, code: string, second: 'confirmed' | 'not_confirmed', waitMs = 0): Promise<string> {
  const { id } = await services.flags.flag(people.observer, newFlag(place.cameraId, { code }, services.clock.nowMs()));
  const triage = await newActor(db, 'triage');
  const { version } = await services.cases.claim(triage, id);
  await services.cases.move(triage, id, { to: 'in_review', version, reason: 'To be reviewed' });
  services.clock.advance(MINUTE_MS + waitMs);
  await find(people.a, id, 'confirmed');
  await find(people.b, id, second);
  if (second !== 'confirmed')
    for (const [who, outcome] of [
      [people.p, 'confirmed'],
      [people.chair, 'confirmed'],
      [await newActor(db, 'chair'), 'not_confirmed'],
    ] as const)
      await state(who, id, outcome);
  return id;
}

async function find(who: Actor, id: string, outcome: 'confirmed' | 'not_confirmed'): Promise<void> {
  const { from, to } = await services.cases.claim(who, id);
  await services.played.record(who, id, [{ from, to }]);
  await state(who, id, outcome);
}

async function state(who: Actor, id: string, outcome: 'confirmed' | 'not_confirmed'): Promise<void> {
  const { version, from, to, camera } = await services.details.get(who, id);
  const reasonCode = outcome === 'confirmed' ? ('seen' as const) : ('explained' as const);
  const evidence = [{ cameraId: camera.id, from, to }];
  const finding = { outcome, reasonCode, reason: `${outcome}, says somebody`, range: { from, to }, evidence };
  await services.cases.move(who, id, { to: 'decided', version, ...finding });
}

const list = async (filter: Partial<DecisionsQuery> = {}, who = reader): Promise<LoggedDecision[]> =>
  (await log.list(who, { limit: 50, ...filter })).items;

describe('the log of decisions', () => {
  let agreed: string;
  let disputed: string;
  let late: string;

  beforeAll(async () => {
    agreed = await decide(north, 'VOT-01', 'confirmed');
    disputed = await decide(south, 'VOT-02', 'not_confirmed');
    late = await decide(north, 'VOT-01', 'confirmed', 30 * 86_400_000);
  });

  it('has them newest first, with who found what, and how long it took', async () => {
    const found = await list();
    expect(found.map(({ incidentId }) => incidentId)).toEqual([late, disputed, agreed]);
    expect(found[2]).toMatchObject({
      by: 'two',
      outcome: 'confirmed',
      code: 'VOT-01',
      overdue: false,
      superseded: false,
      round: 1,
    });
    expect(found[2]?.deciders.map(({ name, stage, dissents }) => [name, stage, dissents])).toEqual([
      ['Anna', 'first', false],
      ['Berta', 'second', false],
    ]);
    expect(typeof found[2]?.sampled).toBe('boolean');
    const took = Date.parse(found[2]?.at ?? '') - Date.parse(found[2]?.receivedAt ?? '');
    expect(took).toBeGreaterThanOrEqual(MINUTE_MS);
    expect(found[1]).toMatchObject({ by: 'panel', outcome: 'confirmed' });
    expect(found[1]?.deciders.filter(({ dissents }) => dissents)).toMatchObject([
      { name: 'Berta', stage: 'second', reason: 'not_confirmed, says somebody' },
      { name: 'A chair', stage: 'panel' },
    ]);
  });

  it('is narrowed by code, region, outcome, decider and whether it was late', async () => {
    const idsOf = async (filter: Partial<DecisionsQuery>) => (await list(filter)).map(({ incidentId }) => incidentId);
    expect(await idsOf({ code: 'VOT-02' })).toEqual([disputed]);
    expect(await idsOf({ region: north.regionId })).toEqual([late, agreed]);
    expect(await idsOf({ outcome: 'not_confirmed' })).toEqual([]);
    expect(await idsOf({ decider: 'petr' })).toEqual([disputed]);
    expect(await idsOf({ decider: people.chair.user.id })).toEqual([disputed]);
    expect(await idsOf({ decider: '%' })).toEqual([]);
    expect(await idsOf({ overdue: '1' })).toEqual([late]);
    expect(await idsOf({ overdue: '0' })).toEqual([disputed, agreed]);
  });

  it('comes in pages, each decision once', async () => {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await log.list(reader, { limit: 1, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.items.map(({ incidentId }) => incidentId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual([late, disputed, agreed]);
    expect(await refusal(log.list(reader, { limit: 1, cursor: 'nonsense' }))).toMatchObject({ fields: ['cursor'] });
  });

  it('shows staff of a region what is theirs, and nobody else anything', async () => {
    const scope = {
      kind: 'region' as const,
      electionId: south.electionId,
      regionId: south.regionId,
      regionIds: [south.regionId],
    };
    const regional = { ...reader, ...rightsOf('auditor', scope) };
    expect((await list({}, regional)).map(({ incidentId }) => incidentId)).toEqual([disputed]);
    expect((await refusal(list({}, people.observer))).code).toBe('access.denied');
  });

  it('is taken along as CSV with the second factor, which goes on record', async () => {
    const asked = { reason: 'For the report', code: 'VOT-02' };
    expect((await refusal(log.export({ ...reader, steppedUp: false }, asked))).code).toBe('access.step-up-needed');
    const text = (await buffer(Readable.from(await log.export(reader, asked)))).toString();
    expect(text.trim().split('\r\n')).toHaveLength(2);
    expect(text).toContain('Anna (first) | Berta (second) | Petra (panel) | Carl (panel)');
    expect(text).toContain('"Berta, not_confirmed: not_confirmed, says somebody | A chair, not_confirmed: ');
    const event = await db
      .selectFrom('audit_events')
      .selectAll()
      .where('action', '=', 'decisions.exported')
      .executeTakeFirstOrThrow();
    expect(event).toMatchObject({ actor_id: reader.user.id, reason: 'For the report', detail: { filter: { code: 'VOT-02' } } });
  });

  it('keeps what was decided on when it is decided again', async () => {
    const { version } = await services.details.get(people.chair, agreed);
    const asked = await services.cases.askReopen(reader, agreed, { version, reason: 'New footage' });
    await services.cases.move(await newActor(db, 'chair'), agreed, {
      to: 'in_review',
      version: asked.version,
      reason: 'New footage',
    });
    const old = (await list({ code: 'VOT-01' })).find(({ incidentId }) => incidentId === agreed);
    expect(old).toMatchObject({ outcome: 'confirmed', superseded: true, code: 'VOT-01' });
  });
});
