import { rm } from 'node:fs/promises';
import { createDatabase, type Db, migrate } from '@app/database';
import { startPostgresServer } from '@app/postgres-server';
import { copyKept } from './run-cache';
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
  await copyKept('postgres-empty', directory, makeEmpty);
  return start(directory);
}

/** The same with today's schema, and a connection to it. */
export async function createTestDatabase(): Promise<{ db: Db; url: string; stop(): Promise<void> }> {
  const directory = await temporaryDirectory('pollglass-pg-');
  await copyTodaysPostgres(directory);
  const server = await start(directory);
  const db = connect(server.url);
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

/** The files of a PostgreSQL with today's schema and nothing in it. */
export async function copyTodaysPostgres(directory: string): Promise<void> {
  await copyKept('postgres-today', directory, async (fresh) => {
    await copyKept('postgres-empty', fresh, makeEmpty);
    const server = await startPostgresServer({ directory: fresh, durable: false });
    const db = connect(server.url);
    await migrate(db);
    await db.destroy();
    await server.stop();
  });
}

async function makeEmpty(directory: string): Promise<void> {
  const server = await startPostgresServer({ directory, durable: false });
  await server.stop();
}

async function start(directory: string): Promise<TestPostgres> {
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

const connect = (url: string): Db => createDatabase(url, { maxConnections: 10, onIdleError: () => undefined });
