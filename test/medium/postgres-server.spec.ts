import { rm } from 'node:fs/promises';
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
