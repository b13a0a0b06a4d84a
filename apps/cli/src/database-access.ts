import { join } from 'node:path';
import type { Config } from '@app/config';
import { fileExists } from '@app/platform';
import { databaseIsMade, runningServerUrl, startPostgresServer } from '@app/postgres-server';
import { readProcessList } from './supervisor/process-list';
import { runningSupervisor } from './supervisor/single-start';

export interface DatabaseAccess {
  url: string;
  /** Ends what was started for this; a database that ran before goes on. */
  release(): Promise<void>;
}

/**
 * The database of a system that runs or is stopped. The embedded one is started only where nobody else runs it: starting ends another.
 * @throws when there is none yet, or it does not come up
 */
export async function accessDatabase(config: Config): Promise<DatabaseAccess> {
  if (config.databaseUrl) return { url: config.databaseUrl, release: async () => undefined };
  const directory = join(config.dataDirectory, 'postgres');
  const processes = await readProcessList(config.dataDirectory);
  if (runningSupervisor(processes)) {
    const port = processes.find(({ name }) => name === 'postgres')?.port;
    if (port === undefined) throw new Error('Pollglass is starting, and its database is not up yet. Try again in a moment.');
    return { url: await runningServerUrl(directory, port), release: async () => undefined };
  }
  if (!(await fileExists(config.dataDirectory)) || !(await databaseIsMade(directory)))
    throw new Error(`There is no database in ${config.dataDirectory}. Set POLLGLASS_DATA or DATABASE_URL.`);
  const server = await startPostgresServer({ directory, durable: true });
  return { url: server.url, release: () => server.stop() };
}
