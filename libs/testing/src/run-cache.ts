import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileExists } from '@app/platform';

const run = promisify(execFile);

/** Folder that lives as long as one run of the tests (`test/run-cache.js`); undefined outside of one. */
const folder = (): string | undefined => process.env['TEST_RUN_CACHE'];

/**
 * Fills `to` with what `make` puts into an empty folder, owners and modes included. `make` is called once in a run; several
 * processes may want the same at the same time. Does nothing outside of a run.
 */
export async function copyKept(name: string, to: string, make: (directory: string) => Promise<void>): Promise<void> {
  const root = folder();
  if (root === undefined) return;
  const kept = join(root, name);
  if (!(await fileExists(kept))) await keep(kept, make);
  await copyFolder(kept, to);
}

/** Adds the files of `from`, if it is there, to what is kept as `name`. Does nothing outside of a run. */
export async function addKept(name: string, from: string): Promise<void> {
  const root = folder();
  if (root !== undefined && (await fileExists(from))) await copyFolder(from, join(root, name));
}

/** Copies to `to` what is kept as `name`, if anything is. */
export async function takeKept(name: string, to: string): Promise<void> {
  const root = folder();
  if (root !== undefined && (await fileExists(join(root, name)))) await copyFolder(join(root, name), to);
}

/** Node's own copy leaves the owner behind, whom PostgreSQL insists on. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await run('cp', ['-a', `${from}/.`, to]);
}

async function keep(kept: string, make: (directory: string) => Promise<void>): Promise<void> {
  const unfinished = `${kept}.${randomBytes(4).toString('hex')}`;
  await mkdir(unfinished);
  await make(unfinished);
  try {
    await rename(unfinished, kept);
  } catch (error) {
    // Another process was first: what it made is as good.
    await rm(unfinished, { recursive: true, force: true });
    if (!(await fileExists(kept))) throw error;
  }
}
