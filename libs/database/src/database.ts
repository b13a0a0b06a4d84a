import { Kysely, Migrator, PostgresDialect, type Transaction } from 'kysely';
import { Pool, types } from 'pg';
import { migrations } from './migrations';
import type { Database } from './schema';

export type Db = Kysely<Database>;
export type Tx = Transaction<Database>;

/** Our bigints count media sequences, bytes and generations: all far below 2^53. */
types.setTypeParser(types.builtins.INT8, Number);

/** @param onIdleError told of errors of idle connections, which otherwise would end the process. */
export function createDatabase(url: string, options: { maxConnections: number; onIdleError: (error: Error) => void }): Db {
  const pool = new Pool({ connectionString: url, max: options.maxConnections, connectionTimeoutMillis: 5_000, keepAlive: true });
  pool.on('error', options.onIdleError);
  // The pool listens to idle connections only: one that breaks between two statements of a transaction would end the process.
  pool.on('connect', (client) => client.on('error', options.onIdleError));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

/** Brings the schema up to date; safe to call from several processes at once. */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName;
    throw new Error(`The database could not be brought up to date${failed ? ` (migration ${failed})` : ''}`, { cause: error });
  }
}
