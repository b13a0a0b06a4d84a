import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyElection } from '@app/audit';
import { createDatabase, type Db, migrate, type RepeatKey, requestHash } from '@app/database';
import type { FlagIncident, Incident } from '@app/contracts';
import { AuditSearch, FlagService } from '@app/incidents';
import { type PostgresServer, startPostgresServer } from '@app/postgres-server';
import { incidentServices, newActor, newFlag, newPlace } from './fixtures';

const FLAGS = 200;
const REPEATED = 20;
const KILLS = 2;

describe('two hundred flags at once, twenty of them sent twice', () => {
  let directory: string;
  let server: PostgresServer;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'pollglass-flags-'));
    server = await startPostgresServer({ directory, durable: true });
  });
  afterAll(async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('are 180 incidents, each with its hold and audit event, though PostgreSQL is killed and answers are lost', async () => {
    const db = connect(server.url);
    await migrate(db);
    const services = await incidentServices(db);
    const place = await newPlace(db);
    const actors = await Promise.all(Array.from({ length: 10 }, () => newActor(db, 'observer')));
    const auditor = await newActor(db, 'auditor');
    const bodies = Array.from({ length: FLAGS - REPEATED }, (_, index) => newFlag(place.cameraId, { note: `flag ${index}` }));
    const flags = new FlagService(db, services.clock, { kick: () => undefined } as never, services.clips);
    let taken = 0;
    let kills = 0;
    const send = async (index: number): Promise<Incident> => {
      const body = bodies[index % bodies.length]!;
      const actor = actors[(index % bodies.length) % actors.length]!;
      const answer = await flags.flag(actor, body, keyOf(actor.user.id, `key-${index % bodies.length}`, body));
      taken += 1;
      if (kills < KILLS && taken > (kills + 1) * 40) {
        kills += 1;
        server = await killedAndStarted(server, directory);
      }
      // As when the api is killed between its commit and its answer.
      if (taken % 7 === 0) throw new Error('the answer is lost');
      return answer;
    };
    const answers = await Promise.all(Array.from({ length: FLAGS }, (_, index) => untilAnswered(() => send(index))));

    expect(kills).toBe(KILLS);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(FLAGS - REPEATED);
    for (const [index, answer] of answers.slice(bodies.length).entries()) expect(answer).toEqual(answers[index]);
    for (const table of ['incidents', 'holds', 'incident_clips', 'incident_versions', 'incident_events', 'outbox'] as const) {
      const { n } = await db.selectFrom(table).select(db.fn.countAll<number>().as('n')).executeTakeFirstOrThrow();
      expect([table, n]).toEqual([table, FLAGS - REPEATED]);
    }
    const { items } = await new AuditSearch(db).search(auditor, { limit: 200, action: 'incident.flagged' });
    expect(new Set(items.map(({ subject }) => subject.id))).toEqual(new Set(answers.map(({ id }) => id)));
    const held = await db.selectFrom('holds').select('incident_id').execute();
    expect(new Set(held.map((hold) => hold.incident_id))).toEqual(new Set(answers.map(({ id }) => id)));
    expect(await verifyElection(db, place.electionId)).toMatchObject({ whole: true, head: { seq: FLAGS - REPEATED } });
    await db.destroy();
  });
});

const connect = (url: string): Db => createDatabase(url, { maxConnections: 10, onIdleError: () => undefined });

function keyOf(userId: string, key: string, body: FlagIncident): RepeatKey {
  return { userId, route: 'POST /incidents', key, requestHash: requestHash(body) };
}

/** Sends again what no answer came for, as the outbox of a browser does. */
async function untilAnswered(send: () => Promise<Incident>): Promise<Incident> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (attempt === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100 * Math.random()));
    }
  }
}

async function killedAndStarted({ pid, port, exited }: PostgresServer, directory: string): Promise<PostgresServer> {
  process.kill(pid, 'SIGKILL');
  await exited;
  return startPostgresServer({ directory, durable: true, port });
}
