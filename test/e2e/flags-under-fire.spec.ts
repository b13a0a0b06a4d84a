import { setTimeout as delay } from 'node:timers/promises';
import { verifyElection } from '@app/audit';
import type { Incident } from '@app/contracts';
import { createDatabase } from '@app/database';
import { ApiClient, signedInPeople, System } from '@app/testing';

const FLAGS = 200;
const REPEATED = 20;
const PEOPLE = 20;
/** After so many answers, the process is killed. */
const KILLS = [
  { after: 20, name: 'api' },
  { after: 60, name: 'postgres' },
  { after: 110, name: 'api' },
  { after: 150, name: 'postgres' },
] as const;
const GIVES_UP_MS = 200_000;

describe('two hundred flags at once, while the api and PostgreSQL are killed', () => {
  let system: System;
  beforeAll(async () => {
    system = await System.start();
    await system.untilLive(16, 60_000);
  });
  afterAll(() => system.dispose());

  it('are 180 incidents, each with its hold and its event in an unbroken chain', async () => {
    const clients = (await signedInPeople(system, 'observer', PEOPLE)).map((cookie) => new ApiClient(system.url, cookie));
    const cameras = await (await system.client()).cameras();
    const at = new Date(Date.now() - 5_000).toISOString();
    const kills = [...KILLS];
    let answered = 0;
    const send = async (nth: number): Promise<string> => {
      const flag = nth % (FLAGS - REPEATED);
      const body = {
        cameraId: cameras[flag % cameras.length]?.id,
        at,
        note: `flag ${flag}`,
        clock: { pressedAt: at, delayMs: 2_000 },
      };
      const { id } = await untilAnswered(() =>
        clients[flag % PEOPLE]!.json<Incident>('POST', '/incidents', body, { 'idempotency-key': `key-${flag}` }),
      );
      answered += 1;
      if (kills[0] && answered >= kills[0].after) process.kill((await system.process(kills.shift()!.name)).pid, 'SIGKILL');
      return id;
    };
    const ids = await Promise.all(Array.from({ length: FLAGS }, (_, nth) => send(nth)));

    expect(kills).toEqual([]);
    expect(new Set(ids).size).toBe(FLAGS - REPEATED);
    expect(ids.slice(FLAGS - REPEATED)).toEqual(ids.slice(0, REPEATED));
    const db = createDatabase(await system.databaseUrl(), { maxConnections: 2, onIdleError: () => undefined });
    try {
      const ours = [...new Set(ids)].sort();
      const held = await db.selectFrom('holds').select('incident_id').where('incident_id', 'in', ours).execute();
      expect(held.map(({ incident_id }) => incident_id).sort()).toEqual(ours);
      const events = await db
        .selectFrom('audit_events')
        .select('subject_id')
        .where('action', '=', 'incident.flagged')
        .where('subject_id', 'in', ours)
        .execute();
      expect(events.map(({ subject_id }) => subject_id).sort()).toEqual(ours);
      const { id } = await db.selectFrom('elections').select('id').executeTakeFirstOrThrow();
      expect(await verifyElection(db, id)).toMatchObject({ whole: true });
    } finally {
      await db.destroy();
    }
  });
});

/** Sends again what no answer came for, as the outbox of a browser does; what is refused is an answer. */
async function untilAnswered<T>(send: () => Promise<T>): Promise<T> {
  const givesUpAt = Date.now() + GIVES_UP_MS;
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (Date.now() > givesUpAt || (error instanceof Error && /: 4\d\d /.test(error.message))) throw error;
      await delay(200 + 200 * Math.random());
    }
  }
}
