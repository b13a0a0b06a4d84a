import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileExists } from '@app/platform';
import { fingerprint, isReachable, SHARED_ROOT } from './locations';
import type { SystemAccount } from './system-account';

/** In a data folder that `account` cannot reach: the path of its stand-in. */
const POINTER = 'location';

/** The data folder itself, or its stand-in where `account` cannot reach it. Created and owned as PostgreSQL wants it. */
export async function dataLocation(wanted: string, account: SystemAccount | undefined): Promise<string> {
  const folder = resolve(wanted);
  await mkdir(dirname(folder), { recursive: true });
  const location = !account || (await isReachable(dirname(folder), account)) ? folder : await standInOf(folder);
  await mkdir(location, { recursive: true });
  if (account) await chown(location, account.uid, account.gid);
  await chmod(location, 0o700);
  return location;
}

/** The folder itself names it, so a folder that is moved keeps its database, and a new one of the same name does not get an old one's. */
async function standInOf(folder: string): Promise<string> {
  const pointer = join(folder, POINTER);
  if (await fileExists(pointer)) return (await readFile(pointer, 'utf8')).trim();
  // A folder without it is from before there were such: its path said where.
  if (await fileExists(folder)) return join(SHARED_ROOT, `data-${fingerprint(folder)}`);
  const standIn = join(SHARED_ROOT, `data-${randomBytes(8).toString('hex')}`);
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished);
  await writeFile(join(unfinished, POINTER), `${standIn}\n`);
  await rename(unfinished, folder);
  return standIn;
}
