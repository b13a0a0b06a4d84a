import { rm } from 'node:fs/promises';
import { createDatabase, type Db, migrate } from '@app/database';
import { startPostgresServer } from '@app/postgres-server';
import { temporaryDirectory } from './temporary-directory';

export interface TestPostgres {
  url: string;
  pid: number;
  port: number;
  stop(): Promise<void>;
}

/** A real PostgreSQL of this test's own, empty, without fsync. */
export async function startPostgres(): Promise<TestPostgres> {
  const directory = await temporaryDirectory('pollglass-pg-');
  const server = await startPostgresServer({ directory, durable: false });
  return {
    url: server.url,
    pid: server.pid,
    port: server.port,
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The same with today's schema, and a connection to it. */
export async function createTestDatabase(): Promise<{ db: Db; url: string; stop(): Promise<void> }> {
  const server = await startPostgres();
  const db = createDatabase(server.url, { maxConnections: 10, onIdleError: () => undefined });
  await migrate(db);
  return {
    db,
    url: server.url,
    stop: async () => {
      await db.destroy();
      await server.stop();
    },
  };
}
