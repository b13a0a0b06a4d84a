import type { Config } from '@app/config';
import { createDatabase, type Db } from '@app/database';
import { CameraSources, Elections, StationImport } from '@app/elections';
import { loadSecretKey, SecretBox, SystemClock } from '@app/platform';
import { accessDatabase } from '../database-access';

/** Upkeep compares what is wanted with what runs every few seconds by itself. */
const UNANNOUNCED = { changed: () => Promise.resolve() };

/** What the import of stations needs, on the database of a system that runs or is stopped. @throws as `accessDatabase` */
export async function withStations<T>(
  config: Config,
  work: (access: { db: Db; stations: StationImport }) => Promise<T>,
): Promise<T> {
  const database = await accessDatabase(config);
  try {
    const box = new SecretBox(await loadSecretKey(config));
    // A broken idle connection is replaced; where that fails, the query tells.
    const db = createDatabase(database.url, { maxConnections: 2, onIdleError: () => undefined });
    try {
      const elections = new Elections(db, new SystemClock());
      return await work({ db, stations: new StationImport(db, elections, new CameraSources(db, config, box), UNANNOUNCED) });
    } finally {
      await db.destroy();
    }
  } finally {
    await database.release();
  }
}
