import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file that only its owner may read, atomically: a reader sees the old content, or all of the new. */
export async function writeSecretFile(path: string, content: string): Promise<void> {
  await withUnfinished(path, content, (unfinished) => rename(unfinished, path));
}

/**
 * Like `writeSecretFile`, but never over an existing file.
 * @returns false when there is one already: of several processes that start at once, one wins and all read its file
 */
export async function createSecretFile(path: string, content: string): Promise<boolean> {
  let created = true;
  await withUnfinished(path, content, async (unfinished) => {
    try {
      await link(unfinished, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      created = false;
    }
  });
  return created;
}

async function withUnfinished(path: string, content: string, publish: (unfinished: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}.part`;
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await publish(unfinished);
  } finally {
    await rm(unfinished, { force: true });
  }
}
