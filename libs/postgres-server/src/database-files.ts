import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileExists } from '@app/platform';

export const SUPERUSER = 'pollglass';
export const DATABASE = 'pollglass';

/** @param home folder of the server's files; see `dataLocation` */
export const passwordFileOf = (home: string): string => join(home, 'password');

export async function readPassword(home: string): Promise<string> {
  return (await readFile(passwordFileOf(home), 'utf8')).trim();
}

/** Whether a database was made there, as a whole. */
export async function isMade(home: string): Promise<boolean> {
  return await fileExists(join(home, 'data', 'PG_VERSION'));
}

export const addressOf = (port: number, password: string): string =>
  `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${DATABASE}`;
