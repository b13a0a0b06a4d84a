import { sql } from 'kysely';
import { verifyElection } from '@app/audit';
import type { CaseTransition, Incident, Outcome, ReasonCode, Role } from '@app/contracts';
import type { Db } from '@app/database';
import { type Actor, AuditSearch, ClockRounds, isSampled } from '@app/incidents';
import { createTestDatabase } from '@app/testing';
import { incidentServices, newActor, newFlag, newPlace, type Place, refusal, silent } from './fixtures';

let db: Db;
let stop: () => Promise<void>;
let services: Awaited<ReturnType<typeof incidentServices>>;
let place: Place;
let people: Record<'observer' | 't1' | 't2' | 'a' | 'b' | 'p1' | 'p2' | 'chair' | 'auditor' | 'custodian', Actor>;
let samplingKey: string;

beforeAll(async () => {
  ({ db, stop } = await createTestDatabase());
  services = await incidentServices(db);
  place = await newPlace(db);
  const [observer, t1, t2, a, b, p1, p2, chair, auditor, custodian] = await Promise.all(
    (
      ['observer', 'triage', 'triage', 'reviewer', 'reviewer', 'reviewer', 'reviewer', 'chair', 'auditor', 'custodian'] as Role[]
    ).map((role) => newActor(db, role)),
  );
  people = { observer, t1, t2, a, b, p1, p2, chair, auditor, custodian } as typeof people;
  samplingKey = (await db.selectFrom('deployment').select('id').executeTakeFirstOrThrow()).id;
});
afterAll(() => stop());

const flagged = (other = {}): Promise<Incident> =>
  services.flags.flag(people.observer, newFlag(place.cameraId, other, services.clock.nowMs()));
const move = (who: Actor, incident: Incident, body: object): Promise<Incident> =>
  services.cases.move(who, incident.id, { version: incident.version, ...body } as CaseTransition);
const play = async (who: Actor, { id, from, to }: Incident): Promise<void> => {
  // The end of the range lies a little ahead when it was just flagged.
  const ahead = Date.parse(to) - services.clock.nowMs();
  if (ahead > 0) services.clock.advance(ahead);
  await services.played.record(who, id, [{ from, to }]);
};
const find = async (who: Actor, incident: Incident, outcome: Outcome, reasonCode: ReasonCode, reason = `It is ${outcome}`) => {
  const held = await services.cases.claim(who, incident.id);
  await play(who, incident);
  const { from, to, camera } = incident;
  return move(who, held, {
    to: 'decided',
    outcome,
    reasonCode,
    reason,
    range: { from, to },
    evidence: [{ cameraId: camera.id, from, to }],
  });
};
const routed = async (other = {}, extra = {}): Promise<Incident> => {
  const held = await services.cases.claim(people.t1, (await flagged(other)).id);
  return move(people.t1, held, { to: 'in_review', reason: 'To be reviewed', ...extra });
};

describe('an incident that two reviewers agree on', () => {
  it('goes from flag to public decision, with every step in versions, events and audit', async () => {
    const first = await find(people.a, await routed(), 'confirmed', 'seen');
    expect(first).toMatchObject({ state: 'awaiting_second', outcome: null, holder: null });
    const decided = await find(people.b, first, 'confirmed', 'seen-and-documented');
    expect(decided).toMatchObject({ state: 'decided', outcome: 'confirmed', reasonCode: 'seen', dueClock: null });
    const closed = await move(people.a, decided, { to: 'closed', reason: 'Referred', followUp: 'referral', reference: '12/3' });
    const detail = await services.details.get(people.auditor, closed.id);
    expect(detail.versions.map(({ action }) => action)).toEqual(['submit', 'claim', 'route', 'find', 'second', 'close']);
    expect(detail.versions.map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(detail.decisions).toMatchObject([
      { by: 'two', outcome: 'confirmed', reasons: ['It is confirmed', 'It is confirmed'], dissent: [], superseded: false },
    ]);
    const search = new AuditSearch(db);
    const { items } = await search.search(people.auditor, { limit: 50, subject: `incident:${closed.id}` });
    expect(items.map(({ action }) => action).reverse()).toEqual([
      'incident.flagged',
      'incident.claimed',
      'incident.routed',
      'incident.claimed',
      'footage.played',
      'incident.finding-given',
      'incident.claimed',
      'footage.played',
      'incident.second-finding-given',
      'incident.closed',
    ]);
    expect(items.at(-4)).toMatchObject({ actor: { name: 'A reviewer' }, grant: { role: 'reviewer', scope: 'all' } });
    const own = await search.own(people.observer, { limit: 50 });
    expect(own.items.slice(0, 2)).toMatchObject([
      { action: 'incident.closed', by: 'reviewer' },
      { action: 'incident.second-finding-given', by: 'reviewer' },
    ]);
    expect(await verifyElection(db, place.electionId)).toMatchObject({ whole: true });
  });
});

describe('the finding of A', () => {
  it('is nowhere to be read before B has given theirs', async () => {
    const secret = 'Two hands with many ballots';
    const incident = await find(people.a, await routed(), 'inconclusive', 'view-blocked', secret);
    const claimed = await services.cases.claim(people.b, incident.id);
    const search = new AuditSearch(db);
    const readers = [people.b, people.p1, people.chair, people.auditor, people.custodian, people.t1, people.observer];
    const seen = await Promise.all(readers.map((reader) => services.details.get(reader, incident.id)));
    const outbox = await db.selectFrom('outbox').select('payload').execute();
    const audit = await search.search(people.auditor, { limit: 200, subject: `incident:${incident.id}` });
    const own = await search.own(people.observer, { limit: 200 });
    const list = await services.queries.list(people.b, { limit: 200 });
    const all = JSON.stringify([seen, outbox, audit, own, list, claimed]);
    expect(all).not.toContain(secret);
    expect(all).not.toContain('view-blocked');
    expect(seen[0]).toMatchObject({ votes: [], sealedVotes: 1 });
    expect((await services.details.get(people.a, incident.id)).votes).toMatchObject([{ reason: secret, stage: 'first' }]);
    // The log holds it to what was found, without saying it.
    const given = audit.items.find(({ action }) => action === 'incident.finding-given');
    const vote = await db
      .selectFrom('incident_votes')
      .selectAll()
      .where('incident_id', '=', incident.id)
      .executeTakeFirstOrThrow();
    expect(given?.detail.sealed).toBe(vote.commitment.toString('hex'));
    await services.cases.release(people.b, incident.id);
  });

  it('is not followed by a finding of the same person', async () => {
    const incident = await find(people.a, await routed(), 'confirmed', 'seen');
    expect((await refusal(services.cases.claim(people.a, incident.id))).code).toBe('incident.same-person');
  });
});

describe('a dispute', () => {
  it('is decided by a panel with a dissent, reopened by another, and the old decision stays', async () => {
    const first = await find(people.a, await routed(), 'confirmed', 'seen');
    let incident = await find(people.b, first, 'not_confirmed', 'explained');
    expect(incident.state).toBe('disputed');
    const vote = (who: Actor, outcome: Outcome, reasonCode: ReasonCode) =>
      move(who, incident, { to: 'decided', outcome, reasonCode, reason: `${outcome} says ${who.user.id}`, evidence: [] });
    expect((await refusal(vote(people.a, 'confirmed', 'seen'))).code).toBe('incident.same-person');
    incident = await vote(people.p1, 'confirmed', 'seen');
    expect((await services.details.get(people.p2, incident.id)).votes.map(({ stage }) => stage)).toEqual(['first', 'second']);
    incident = await vote(people.p2, 'not_confirmed', 'explained');
    incident = await vote(people.chair, 'confirmed', 'seen-and-documented');
    expect(incident).toMatchObject({ state: 'decided', outcome: 'confirmed', reasonCode: 'seen-and-documented' });

    incident = await services.cases.askReopen(people.auditor, incident.id, { version: incident.version, reason: 'New footage' });
    expect((await refusal(move(people.chair, incident, { to: 'in_review', reason: 'Yes' }))).code).toBe('incident.same-person');
    const otherChair = await newActor(db, 'chair');
    incident = await move(otherChair, incident, { to: 'in_review', reason: 'New footage' });
    expect(incident).toMatchObject({ state: 'in_review', outcome: null });
    expect((await refusal(services.cases.claim(people.a, incident.id))).code).toBe('incident.same-person');
    const [old] = (await services.details.get(people.observer, incident.id)).decisions;
    expect(old).toMatchObject({ by: 'panel', outcome: 'confirmed', superseded: true, dissent: [{ outcome: 'not_confirmed' }] });
  });
});

describe('claims', () => {
  it('of two at once: one wins, the other sees who holds it', async () => {
    const incident = await routed();
    const both = await Promise.allSettled([people.a, people.b].map((who) => services.cases.claim(who, incident.id)));
    const lost = both.find((each) => each.status === 'rejected');
    const won = both.find((each) => each.status === 'fulfilled');
    expect([won?.status, lost?.status]).toEqual(['fulfilled', 'rejected']);
    const { id, name, until } = (won?.value as Incident).holder!;
    expect(lost?.reason).toMatchObject({ code: 'incident.held', details: { holder: { id, name, until } } });
    expect((await services.details.get(people.p1, incident.id)).actions).toContainEqual({
      action: 'claim',
      blockedBy: 'incident.held',
    });
  });

  it('are renewed, handed over, broken with a reason, and run out', async () => {
    const incident = await routed();
    const held = await services.cases.claim(people.a, incident.id);
    services.clock.advance(60_000);
    const renewed = await services.cases.claim(people.a, incident.id);
    expect(Date.parse(renewed.holder!.until) - Date.parse(held.holder!.until)).toBeGreaterThanOrEqual(60_000);
    expect(renewed.version).toBe(incident.version);
    expect((await services.cases.handOver(people.a, incident.id, { to: people.b.user.id })).holder?.id).toBe(people.b.user.id);
    expect((await refusal(services.cases.handOver(people.b, incident.id, { to: people.t1.user.id }))).code).toBe(
      'incident.recipient-invalid',
    );
    expect((await services.cases.breakClaim(people.chair, incident.id, 'End of shift')).holder).toBeNull();
    const { events } = await services.details.get(people.b, incident.id);
    expect(events.at(-1)).toMatchObject({ type: 'break', detail: { reason: 'End of shift', holder: people.b.user.id } });
    await services.cases.claim(people.a, incident.id);
    services.clock.advance(10 * 60_000);
    expect((await services.cases.claim(people.b, incident.id)).holder?.id).toBe(people.b.user.id);
  });
});

describe('a change of what has changed', () => {
  it('is refused, whoever was faster', async () => {
    const held = await services.cases.claim(people.t1, (await flagged()).id);
    const both = await Promise.allSettled(
      ['VOT-02', 'VOT-03'].map((code) =>
        services.cases.classify(people.t1, held.id, { version: held.version, reason: 'It is another', code }),
      ),
    );
    expect(both.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
    expect(both.find((each) => each.status === 'rejected')?.reason).toMatchObject({
      code: 'incident.stale',
      details: { version: held.version + 1 },
    });
  });

  it('asks for the second factor before it decides', async () => {
    const incident = await routed();
    await services.cases.claim(people.a, incident.id);
    const stale = { ...people.a, steppedUp: false };
    const { from, to } = incident;
    const finding = {
      to: 'decided',
      outcome: 'confirmed',
      reasonCode: 'seen',
      reason: 'I saw it',
      range: { from, to },
      evidence: [],
    };
    expect((await refusal(move(stale, incident, finding))).code).toBe('access.step-up-needed');
  });
});

describe('reports of one thing', () => {
  it('are merged by link, count organisations, and come apart again', async () => {
    const reporters = await Promise.all(['Party A', 'Mission', ' party a '].map((name) => newObserverOf(name)));
    const flag = () => newFlag(place.cameraId, {}, services.clock.nowMs());
    const [one, two, three] = await Promise.all(reporters.map((who) => services.flags.flag(who, flag())));
    const merge = async (incident: Incident) =>
      move(people.t1, await services.cases.claim(people.t1, incident.id), { to: 'merged', reason: 'The same', into: one!.id });
    expect(await merge(two!)).toMatchObject({ state: 'merged', mergedInto: one!.id });
    const third = await merge(three!);
    const detail = await services.details.get(people.t1, one!.id);
    expect(detail.corroboration).toBe(2);
    expect(detail.merged.map(({ id }) => id)).toEqual([two!.id, three!.id].sort((x, y) => numberOf(x) - numberOf(y)));
    await move(people.t1, third, { to: 'triaging', reason: 'Another after all' });
    await move(people.t1, await services.details.get(people.t1, two!.id), { to: 'triaging', reason: 'Another after all' });
    expect((await services.details.get(people.t1, one!.id)).corroboration).toBe(1);
    const held = await db.selectFrom('holds').select('id').where('incident_id', 'in', [one!.id, two!.id, three!.id]).execute();
    expect(held).toHaveLength(3);
    function numberOf(id: string): number {
      return [one!, two!, three!].find((each) => each.id === id)!.number;
    }
  });

  it('of one’s own organisation are nobody’s to decide, but may be read by it', async () => {
    const [reporter, colleague] = [await newObserverOf('Watchers'), await newObserverOf('watchers')];
    const incident = await services.flags.flag(reporter, newFlag(place.cameraId, {}, services.clock.nowMs()));
    expect((await services.details.get(colleague, incident.id)).id).toBe(incident.id);
    expect((await refusal(services.details.get(people.observer, incident.id))).code).toBe('incident.not-found');
    await db.updateTable('users').set({ organisation: 'Watchers' }).where('id', '=', people.t2.user.id).execute();
    const refused = services.cases.claim(people.t2, incident.id);
    await expect(refused).rejects.toMatchObject({ code: 'incident.conflict-of-interest', details: ['own-organisation'] });
  });
});

describe('a question', () => {
  it('stops the clock until it is answered, and is answered by an addendum', async () => {
    const held = await services.cases.claim(people.t1, (await flagged()).id);
    const asked = await move(people.t1, held, { to: 'needs_info', question: 'Which box?' });
    expect(asked).toMatchObject({ state: 'needs_info', dueClock: { paused: true } });
    services.clock.advance(600_000);
    await services.addenda.add(people.observer, asked.id, 'The left one');
    const detail = await services.details.get(people.observer, asked.id);
    expect(detail).toMatchObject({
      state: 'triaging',
      dueClock: { paused: false },
      addenda: [{ kind: 'question' }, { kind: 'answer' }],
    });
    expect(Date.parse(detail.dueClock!.due) - Date.parse(asked.dueClock!.due)).toBeGreaterThanOrEqual(600_000);
    expect(detail.addenda[0]?.author).toBe('commission');
    expect(detail.holder).toBeNull();
  });

  it('that nobody answers goes back by itself', async () => {
    const held = await services.cases.claim(people.t1, (await flagged()).id);
    await move(people.t1, held, { to: 'needs_info', question: 'Which box?' });
    await rounds().round();
    expect((await services.details.get(people.t1, held.id)).state).toBe('needs_info');
    services.clock.advance(60 * 60_000);
    await rounds().round();
    expect((await services.details.get(people.t1, held.id)).state).toBe('triaging');
  });
});

describe('a missed clock', () => {
  it('is brought to the lead once, then to the chair once, and starts anew with the next one', async () => {
    const incident = await flagged();
    const overdue = async () => (await services.details.get(people.t1, incident.id)).overdue;
    services.clock.advance(6 * 60_000);
    await Promise.all([rounds().round(), rounds().round()]);
    expect(await overdue()).toBe('lead');
    await rounds().round();
    services.clock.advance(15 * 60_000);
    await rounds().round();
    expect(await overdue()).toBe('chair');
    const { events } = await services.details.get(people.t1, incident.id);
    expect(events.filter(({ type }) => type === 'clock-missed').map(({ detail }) => detail.broughtTo)).toEqual(['lead', 'chair']);
    await services.cases.claim(people.t1, incident.id);
    expect(await overdue()).toBe('none');
  });
});

describe('a slight thing', () => {
  it('is decided by one, unless it is drawn for a second look', async () => {
    const states = new Map<boolean, string>();
    for (let tries = 0; tries < 200 && states.size < 2; tries += 1) {
      const flag = await flagged({ code: 'ENV-03' });
      const drawn = isSampled(samplingKey, flag.id, 1);
      if (states.has(drawn)) continue;
      const held = await services.cases.claim(people.t1, flag.id);
      const incident = await move(people.t1, held, { to: 'in_review', reason: 'To be reviewed' });
      states.set(drawn, (await find(people.a, incident, 'confirmed', 'seen')).state);
    }
    expect([states.get(false), states.get(true)]).toEqual(['decided', 'awaiting_second']);
  });
});

describe('quarantine and other flags', () => {
  it('goes on with one and off with two', async () => {
    let incident = await flagged();
    const set = (who: Actor, quarantine: string) =>
      services.cases.setFlag(who, incident.id, {
        version: incident.version,
        reason: 'A ballot can be read',
        quarantine,
      } as never);
    incident = await set(people.t1, 'content');
    expect(incident.flags.quarantine).toBe('content');
    incident = await set(people.t1, 'none');
    expect(incident.flags.quarantine).toBe('content');
    expect((await refusal(set(people.t1, 'none'))).code).toBe('incident.second-needed');
    expect((await set(people.custodian, 'none')).flags.quarantine).toBe('none');
  });
});

describe('a report that is taken back', () => {
  it('keeps record and hold, and triage may adopt it', async () => {
    const incident = await flagged();
    const withdrawn = await move(people.observer, incident, { to: 'withdrawn', reason: 'I was asked to' });
    expect(withdrawn.state).toBe('withdrawn');
    const hold = await db.selectFrom('holds').selectAll().where('incident_id', '=', incident.id).executeTakeFirstOrThrow();
    expect(hold.released_at).toBeNull();
    expect(await move(people.t1, withdrawn, { to: 'triaging', reason: 'It was seen' })).toMatchObject({ state: 'triaging' });
  });
});

describe('accreditation', () => {
  it('has to be valid at the flagged time and place, and may have ended since', async () => {
    const elsewhere = await newPlace(db);
    const who = await newActor(db, 'observer');
    const grant = (values: object) => db.updateTable('grants').set(values).where('user_id', '=', who.user.id).execute();
    const flag = () => services.flags.flag(who, newFlag(place.cameraId, {}, services.clock.nowMs()));
    await grant({ scope_kind: 'station', scope_id: elsewhere.stationId });
    expect((await refusal(flag())).code).toBe('incident.not-accredited');
    await grant({ scope_kind: 'station', scope_id: place.stationId, valid_from: new Date(services.clock.nowMs()) });
    expect((await refusal(flag())).code).toBe('incident.not-accredited');
    await grant({ valid_from: new Date(0), valid_to: new Date(services.clock.nowMs() - 1_000) });
    expect(
      (await services.flags.flag({ ...who, grants: [], permissions: [] }, newFlag(place.cameraId, {}, services.clock.nowMs())))
        .state,
    ).toBe('submitted');
  });
});

describe('what is on record', () => {
  it.each([
    ['incident_versions', 'version'],
    ['incident_votes', 'round'],
    ['incident_decisions', 'round'],
    ['incident_addenda', 'text'],
    ['incident_events', 'type'],
    ['audit_events', 'seq'],
  ])('is protected by the database: %s', async (table, column) => {
    for (const statement of [`update ${table} set ${column} = ${column}`, `delete from ${table}`, `truncate ${table} cascade`])
      await expect(sql.raw(statement).execute(db)).rejects.toThrow(/append-only/);
  });
});

function rounds(): ClockRounds {
  return new ClockRounds(db, services.clock, { kick: () => undefined } as never, silent);
}

async function newObserverOf(organisation: string): Promise<Actor> {
  const actor = await newActor(db, 'observer');
  await db.updateTable('users').set({ organisation }).where('id', '=', actor.user.id).execute();
  return actor;
}
