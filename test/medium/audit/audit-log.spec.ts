import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type AuditEntry, AuditLog, bySystem, byUser, NO_ELECTION, searchAudit, verifyElection } from '@app/audit';
import type { Db } from '@app/database';
import { inRequest } from '@app/platform';
import { createTestDatabase } from '@app/testing';
import { newActor } from '../incidents/fixtures';

let db: Db;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ db, stop } = await createTestDatabase());
});
afterAll(() => stop());

const entry = (electionId: string | null, other: Partial<AuditEntry> = {}): AuditEntry => ({
  electionId,
  actor: bySystem,
  action: 'incident.flagged',
  subject: { kind: 'incident', id: randomUUID() },
  ...other,
});
const add = (event: AuditEntry): Promise<number> => db.transaction().execute((tx) => AuditLog.append(tx, event));

describe('the audit log', () => {
  it('keeps one whole chain for each election, whoever writes at once', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    await Promise.all(Array.from({ length: 60 }, (_, index) => add(entry(index % 3 === 0 ? other : one, { detail: { index } }))));
    expect(await verifyElection(db, one)).toMatchObject({ whole: true, head: { seq: 40 } });
    expect(await verifyElection(db, other)).toMatchObject({ whole: true, head: { seq: 20 } });
  });

  it('gives no number to what is rolled back', async () => {
    const election = randomUUID();
    await add(entry(election));
    const failed = db.transaction().execute(async (tx) => {
      await AuditLog.append(tx, entry(election));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await add(entry(election))).toBe(2);
    expect(await verifyElection(db, election)).toMatchObject({ whole: true, head: { seq: 2 } });
  });

  it('reads back every fact as it was hashed', async () => {
    const election = randomUUID();
    const { user } = await newActor(db, 'triage');
    await inRequest('request-7', () =>
      add(
        entry(election, {
          actor: byUser(user.id),
          grant: { role: 'triage', scope: { kind: 'region', electionId: election, regionId: 'r' } },
          action: 'incident.claimed',
          from: 'submitted',
          to: 'triaging',
          reason: 'сабаб “quoted” \u{1F5F3}',
          regionId: randomUUID(),
          detail: { number: 1.5, big: 1e21, small: 1e-7, nested: { z: null, a: [1, 'ъ'] }, left: undefined },
        }),
      ),
    );
    const { events } = await searchAudit(db, { actorId: user.id }, 10);
    expect(events).toMatchObject([
      { actorName: 'A triage', requestId: 'request-7', grant: { role: 'triage', scope: 'region:r' }, to: 'triaging' },
    ]);
    expect(await verifyElection(db, election)).toMatchObject({ whole: true });
  });

  it('has a chain for what belongs to no election', async () => {
    await add(entry(null, { actor: { kind: 'public' }, action: 'access.refused', subject: { kind: 'route', id: 'GET /audit' } }));
    expect(await verifyElection(db, NO_ELECTION)).toMatchObject({ whole: true });
  });

  it.each([
    ['UPDATE', sql`update audit_events set reason = 'another'`],
    ['DELETE', sql`delete from audit_events`],
    ['TRUNCATE', sql`truncate audit_events`],
    ['DELETE of its heads', sql`delete from audit_heads`],
    ['a head that goes back', sql`update audit_heads set seq = seq - 1`],
    ['a head of other hashes', sql`update audit_heads set seq = seq + 1, hash = sha256('x')`],
  ])('is protected by the database against %s', async (_name, statement) => {
    await add(entry(randomUUID()));
    await expect(statement.execute(db)).rejects.toThrow(/append-only|only goes on/);
  });

  it('shows what was changed behind the triggers', async () => {
    const election = randomUUID();
    for (let each = 0; each < 3; each += 1) await add(entry(election));
    await db.transaction().execute(async (tx) => {
      await sql`alter table audit_events disable trigger audit_events_append_only`.execute(tx);
      await sql`update audit_events set reason = 'x' where election_id = ${election} and seq = 2`.execute(tx);
      await sql`alter table audit_events enable trigger audit_events_append_only`.execute(tx);
    });
    expect(await verifyElection(db, election)).toEqual({ whole: false, seq: 2, why: 'changed' });
  });

  it('shows an end that was cut off', async () => {
    const election = randomUUID();
    for (let each = 0; each < 3; each += 1) await add(entry(election));
    await db.transaction().execute(async (tx) => {
      await sql`alter table audit_events disable trigger audit_events_append_only`.execute(tx);
      await sql`delete from audit_events where election_id = ${election} and seq = 3`.execute(tx);
      await sql`alter table audit_events enable trigger audit_events_append_only`.execute(tx);
    });
    expect(await verifyElection(db, election)).toEqual({ whole: false, seq: 3, why: 'missing' });
  });
});

describe('searching the audit log', () => {
  it('finds by each filter, newest first, page by page', async () => {
    const election = randomUUID();
    const [region, station] = [randomUUID(), randomUUID()];
    const at = (second: number) => new Date(Date.UTC(2026, 9, 25, 12, 0, second));
    const subject = { kind: 'incident', id: randomUUID() };
    for (let each = 0; each < 5; each += 1)
      await add(
        entry(election, { at: at(each), subject, action: each % 2 ? 'incident.claimed' : 'footage.played', regionId: region }),
      );
    await add(entry(election, { at: at(9), stationId: station }));
    const within = [{ electionId: election }];
    const times = async (filter: Parameters<typeof searchAudit>[1]) =>
      (await searchAudit(db, { within, ...filter }, 10)).events.map((event) => event.at.getUTCSeconds());
    expect(await times({})).toEqual([9, 4, 3, 2, 1, 0]);
    expect(await times({ action: 'footage' })).toEqual([4, 2, 0]);
    expect(await times({ action: 'incident.claimed' })).toEqual([3, 1]);
    expect(await times({ subject })).toEqual([4, 3, 2, 1, 0]);
    expect(await times({ from: at(1), to: at(3) })).toEqual([2, 1]);
    expect(await times({ within: [{ regionIds: [region] }] })).toHaveLength(5);
    expect(await times({ within: [{ stationId: station }, { regionIds: [randomUUID()] }] })).toEqual([9]);
    const first = await searchAudit(db, { within }, 4);
    const last = first.events[3];
    const rest = await searchAudit(db, { within }, 4, last && { at: last.at, electionId: last.electionId, seq: last.seq });
    expect([first.hasMore, rest.hasMore, rest.events.length]).toEqual([true, false, 2]);
  });
});
