import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Older than any cut takes: its process was killed. */
const ABANDONED_MS = 3_600_000;

/** Folders for work in progress, each deleted at the end of its work, however it ends. */
export class WorkFolders {
  constructor(private readonly root: string) {}

  async within<T>(work: (folder: string) => Promise<T>): Promise<T> {
    await mkdir(this.root, { recursive: true });
    const folder = await mkdtemp(join(this.root, 'clip-'));
    return await removedAfter(folder, work);
  }

  /** A folder of this name, new: what an earlier try left in it that was killed is gone. Nobody else may be at the same work. */
  async anew<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
    const folder = join(this.root, name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return await removedAfter(folder, work);
  }

  /** Deletes what a killed process left. */
  async sweep(nowMs: number): Promise<void> {
    await mkdir(this.root, { recursive: true });
    for (const name of await readdir(this.root)) {
      const path = join(this.root, name);
      if (nowMs - (await modifiedMs(path, nowMs)) > ABANDONED_MS) await rm(path, { recursive: true, force: true });
    }
  }
}

/** Another process may sweep at the same time: what is gone counts as new. */
async function modifiedMs(path: string, nowMs: number): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nowMs;
    throw error;
  }
}

async function removedAfter<T>(folder: string, work: (folder: string) => Promise<T>): Promise<T> {
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
