import type { Incident } from '@app/contracts';
import type { Db } from '@app/database';
import { Fanout, type MessageName, type MessagePayload, OutboxRelay, writeOutbox } from '@app/realtime';
import { createTestDatabase } from '@app/testing';
import { incidentServices, newActor, newFlag, newPlace, silent } from './fixtures';

/** Writes down what is published; can be switched off like a Redis that is away. */
class RecordingFanout extends Fanout {
  readonly published: string[] = [];
  isAway = false;

  publish<N extends MessageName>(name: N, payload: MessagePayload<N>): Promise<void> {
    if (this.isAway) return Promise.reject(new Error('away'));
    const { payload: sent } = JSON.parse(this.encode(name, payload)) as { payload: { incident: Incident } };
    this.published.push(`${name} ${sent.incident.note}`);
    return Promise.resolve();
  }
  start = (): Promise<void> => Promise.resolve();
  stop = (): Promise<void> => Promise.resolve();
}

describe(OutboxRelay.name, () => {
  let db: Db;
  let stop: () => Promise<void>;
  let incident: Incident;
  let fanout: RecordingFanout;
  let relay: OutboxRelay;

  beforeAll(async () => {
    ({ db, stop } = await createTestDatabase());
    const { flags } = await incidentServices(db);
    const { cameraId } = await newPlace(db);
    incident = await flags.flag(await newActor(db, 'observer'), newFlag(cameraId));
  });
  afterAll(() => stop());
  beforeEach(async () => {
    await db.deleteFrom('outbox').execute();
    fanout = new RecordingFanout();
    relay = new OutboxRelay(db, fanout, silent);
  });
  afterEach(() => relay.onModuleDestroy());

  const write = (...notes: string[]): Promise<void> =>
    db.transaction().execute(async (tx) => {
      for (const note of notes) await writeOutbox(tx, 'IncidentChanged', { incident: { ...incident, note } });
    });
  const left = async (): Promise<number> => (await db.selectFrom('outbox').select('id').execute()).length;
  const published = async (count: number): Promise<string[]> => {
    while (fanout.published.length < count || (await left()) > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    return fanout.published;
  };

  it('publishes in order what was committed, and keeps none of it', async () => {
    await write('a', 'b', 'c');
    relay.kick();
    expect(await published(3)).toEqual(['IncidentChanged a', 'IncidentChanged b', 'IncidentChanged c']);
  });

  it('publishes nothing of a transaction that was rolled back', async () => {
    const failing = db.transaction().execute(async (tx) => {
      await writeOutbox(tx, 'IncidentChanged', { incident: { ...incident, note: 'never' } });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await write('after');
    relay.kick();
    expect(await published(1)).toEqual(['IncidentChanged after']);
  });

  it('finds by itself what a process left that died after its commit', async () => {
    await write('left');
    relay.onApplicationBootstrap();
    expect(await published(1)).toEqual(['IncidentChanged left']);
  });

  it('keeps what cannot be published now, and publishes it later', async () => {
    fanout.isAway = true;
    await write('a');
    relay.kick();
    await relay.onModuleDestroy();
    expect([fanout.published, await left()]).toEqual([[], 1]);
    fanout.isAway = false;
    relay.kick();
    expect(await published(1)).toEqual(['IncidentChanged a']);
  });

  it('drops what nobody could ever read, and goes on behind it', async () => {
    await db
      .insertInto('outbox')
      .values([
        { event: 'IncidentChanged', payload: JSON.stringify({ incident: { note: 'no incident' } }) },
        { event: 'NoSuchEvent', payload: '{}' },
      ])
      .execute();
    await write('fine');
    relay.kick();
    expect(await published(1)).toEqual(['IncidentChanged fine']);
  });

  it('publishes each event once, however many processes relay', async () => {
    const notes = Array.from({ length: 250 }, (_, index) => String(index));
    await write(...notes);
    const others = [1, 2, 3].map(() => new OutboxRelay(db, fanout, silent));
    for (const each of [relay, ...others]) each.kick();
    expect([...(await published(250))].sort()).toEqual(notes.map((note) => `IncidentChanged ${note}`).sort());
    await Promise.all(others.map((other) => other.onModuleDestroy()));
  });
});
