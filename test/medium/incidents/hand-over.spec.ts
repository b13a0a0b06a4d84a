import type { Incident, Role } from '@app/contracts';
import type { Db } from '@app/database';
import { type Actor, Recipients } from '@app/incidents';
import { createTestDatabase } from '@app/testing';
import { incidentServices, newActor, newFlag, newPlace, type Place, refusal } from './fixtures';

let db: Db;
let stop: () => Promise<void>;
let services: Awaited<ReturnType<typeof incidentServices>>;
let recipients: Recipients;
let place: Place;
let people: Record<'observer' | 'triage' | 'other' | 'a' | 'b' | 'chair', Actor>;

beforeAll(async () => {
  ({ db, stop } = await createTestDatabase());
  services = await incidentServices(db);
  recipients = new Recipients(db, services.clock);
  place = await newPlace(db);
  const roles: Role[] = ['observer', 'triage', 'triage', 'reviewer', 'reviewer', 'chair'];
  const [observer, triage, other, a, b, chair] = await Promise.all(roles.map((role) => newActor(db, role)));
  people = { observer, triage, other, a, b, chair } as typeof people;
});
afterAll(() => stop());

const inTriage = async (): Promise<Incident> => {
  const { id } = await services.flags.flag(people.observer, newFlag(place.cameraId, {}, services.clock.nowMs()));
  return services.cases.claim(people.triage, id);
};
const inReview = async (): Promise<Incident> => {
  const { id, version } = await inTriage();
  await services.cases.move(people.triage, id, { to: 'in_review', version, reason: 'To be reviewed' });
  return services.cases.claim(people.a, id);
};
const idsFor = async (who: Actor, id: string): Promise<string[]> => (await recipients.list(who, id)).map((each) => each.id);

describe('who may take a claim over', () => {
  it('are those of the work of its state, without whoever asks', async () => {
    expect(await idsFor(people.triage, (await inTriage()).id)).toEqual([people.other.user.id]);
    const { id } = await inReview();
    expect(await recipients.list(people.a, id)).toEqual([{ id: people.b.user.id, name: 'A reviewer', roles: ['reviewer'] }]);
  });

  it('are none whose right ended, lies elsewhere or whose account is closed, and none in conflict', async () => {
    const { id } = await inReview();
    const elsewhere = await newPlace(db);
    const made = await Promise.all(Array.from({ length: 5 }, () => newActor(db, 'reviewer')));
    const [ended, away, near, closed, conflicted] = made.map((each) => each.user.id) as [string, string, string, string, string];
    const change = (userId: string, set: object) => db.updateTable('grants').set(set).where('user_id', '=', userId).execute();
    await change(ended, { valid_to: new Date(Date.now() - 1000) });
    await change(away, { scope_kind: 'region', scope_id: elsewhere.regionId });
    await change(near, { scope_kind: 'region', scope_id: place.regionId });
    await db.updateTable('users').set({ disabled_at: new Date() }).where('id', '=', closed).execute();
    await db.updateTable('users').set({ commission_station_id: place.stationId }).where('id', '=', conflicted).execute();
    const found = await idsFor(people.a, id);
    expect(found).toContain(near);
    for (const other of [ended, away, closed, conflicted]) expect(found).not.toContain(other);
  });

  it('is told to nobody who does not do this work, and of nothing that is not there', async () => {
    const { id } = await inReview();
    expect((await refusal(recipients.list(people.chair, id))).code).toBe('access.denied');
    expect((await refusal(recipients.list(people.a, people.a.user.id))).code).toBe('incident.not-found');
  });
});

describe('a claim that was handed over', () => {
  it('says by whom and why until it ends, in the list of its holder and on record', async () => {
    const { id } = await inReview();
    await services.cases.handOver(people.a, id, { to: people.b.user.id, reason: 'End of my shift' });
    const mine = await services.queries.list(people.b, { claimed: 'me', limit: 50 });
    expect(mine.items.find((each) => each.id === id)?.holder).toMatchObject({
      id: people.b.user.id,
      handed: { by: 'A reviewer', reason: 'End of my shift' },
    });
    const { events } = await services.details.get(people.b, id);
    expect(events.at(-1)).toMatchObject({
      type: 'hand-over',
      detail: { reason: 'End of my shift', recipient: people.b.user.id },
    });
    const renewed = await services.cases.claim(people.b, id);
    expect(renewed.holder?.handed).toMatchObject({ by: 'A reviewer' });
    await services.cases.release(people.b, id);
    expect((await services.cases.claim(people.b, id)).holder).toMatchObject({ id: people.b.user.id, handed: null });
  });

  it('is refused to whoever does not hold it', async () => {
    const { id } = await inReview();
    const handing = services.cases.handOver(people.b, id, { to: people.a.user.id, reason: 'Mine now' });
    expect((await refusal(handing)).code).toBe('incident.held');
  });
});
