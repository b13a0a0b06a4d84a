import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { orIfGone } from '@app/platform';

/** The disk calls of the spool, as few as can be, so that each can be made to fail. Paths are relative to the spool folder. */
export abstract class SpoolFiles {
  /** Appends and makes durable, the name too where the file is new. After it threw, nothing more may be appended to that file. */
  abstract append(file: string, text: string): Promise<void>;
  /** Names in a folder; none where there is no such folder. */
  abstract list(folder: string): Promise<string[]>;
  abstract read(file: string): Promise<string>;
  /** Since somebody wrote to it, milliseconds. */
  abstract ageMs(file: string): Promise<number>;
  abstract remove(file: string): Promise<void>;
  abstract move(file: string, to: string): Promise<void>;
}

/** In a folder of this machine, which its packagers share. */
export class DiskSpoolFiles extends SpoolFiles {
  constructor(private readonly directory: string) {
    super();
  }

  async append(file: string, text: string): Promise<void> {
    const path = join(this.directory, file);
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(path, 'a');
    try {
      const isNew = (await handle.stat()).size === 0;
      await handle.writeFile(text);
      await handle.datasync();
      if (isNew) for (const folder of [dirname(path), this.directory, dirname(this.directory)]) await syncFolder(folder);
    } finally {
      await handle.close();
    }
  }

  async list(folder: string): Promise<string[]> {
    return (await orIfGone(readdir(join(this.directory, folder)))) ?? [];
  }

  async read(file: string): Promise<string> {
    return await readFile(join(this.directory, file), 'utf8');
  }

  async ageMs(file: string): Promise<number> {
    return Date.now() - (await stat(join(this.directory, file))).mtimeMs;
  }

  /** Its folder too, when it was the last one in it. */
  async remove(file: string): Promise<void> {
    const path = join(this.directory, file);
    await rm(path, { force: true });
    try {
      await rmdir(dirname(path));
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }

  async move(file: string, to: string): Promise<void> {
    const path = join(this.directory, to);
    await mkdir(dirname(path), { recursive: true });
    await rename(join(this.directory, file), path);
  }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
