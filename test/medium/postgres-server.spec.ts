import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { startPostgresServer } from '@app/postgres-server';
import { createTestDatabase, temporaryDirectory } from '@app/testing';

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('the embedded PostgreSQL', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await temporaryDirectory('pollglass-pg-');
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  it('keeps its data and its password over a restart', async () => {
    const first = await startPostgresServer({ directory, durable: false });
    await query(first.url, 'create table kept (n int); insert into kept values (7)');
    await first.stop();
    const second = await startPostgresServer({ directory, durable: false });
    expect(await query(second.url, 'select n from kept')).toEqual([{ n: 7 }]);
    await second.stop();
  });

  it('ends an orphan of a killed supervisor and starts on its data', async () => {
    const orphan = await startPostgresServer({ directory, durable: false });
    await query(orphan.url, 'create table kept (n int); insert into kept values (8)');
    const next = await startPostgresServer({ directory, durable: false });
    await orphan.exited;
    expect(await query(next.url, 'select n from kept')).toEqual([{ n: 8 }]);
    await next.stop();
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;

  asRoot('belongs to its data folder where that cannot be entered: it moves and goes with it', async () => {
    const closed = join(directory, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const wanted = join(closed, 'postgres');
    const standIns: string[] = [];
    const started = async (path: string) => {
      const server = await startPostgresServer({ directory: path, durable: false });
      standIns.push((await readFile(join(path, 'location'), 'utf8')).trim());
      return server;
    };
    try {
      const first = await started(wanted);
      await query(first.url, 'create table kept (n int); insert into kept values (9)');
      await first.stop();
      const moved = join(closed, 'moved');
      await rename(wanted, moved);
      const second = await started(moved);
      expect(await query(second.url, 'select n from kept')).toEqual([{ n: 9 }]);
      await second.stop();
      const third = await started(wanted);
      expect(await query(third.url, `select to_regclass('kept') as kept`)).toEqual([{ kept: null }]);
      await third.stop();
      await rm(wanted, { recursive: true });
      const fourth = await started(wanted);
      expect(await query(fourth.url, `select to_regclass('kept') as kept`)).toEqual([{ kept: null }]);
      await fourth.stop();
      expect(new Set(standIns).size).toBe(3);
    } finally {
      for (const standIn of standIns) await rm(standIn, { recursive: true, force: true });
    }
  });

  asRoot('is found again by a data folder from before it was written where it lies', async () => {
    const closed = join(directory, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const wanted = join(closed, 'postgres');
    const first = await startPostgresServer({ directory: wanted, durable: false });
    await query(first.url, 'create table kept (n int); insert into kept values (10)');
    await first.stop();
    const fingerprint = createHash('sha256').update(wanted).digest('hex').slice(0, 16);
    const formerly = `/var/lib/pollglass/data-${fingerprint}`;
    try {
      await rename((await readFile(join(wanted, 'location'), 'utf8')).trim(), formerly);
      await rm(join(wanted, 'location'));
      const second = await startPostgresServer({ directory: wanted, durable: false });
      expect(await query(second.url, 'select n from kept')).toEqual([{ n: 10 }]);
      await second.stop();
    } finally {
      await rm(formerly, { recursive: true, force: true });
    }
  });
});

describe('the schema', () => {
  it('refuses to change or delete what was appended to an incident', async () => {
    const { db, stop } = await createTestDatabase();
    await expect(db.deleteFrom('incident_events').execute()).rejects.toThrow('incident_events is append-only');
    await expect(db.updateTable('incident_events').set({ type: 'withdrawn' }).execute()).rejects.toThrow(
      'incident_events is append-only',
    );
    await stop();
  });
});
