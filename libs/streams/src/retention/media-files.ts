import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { orIfGone } from '@app/platform';

export interface FoundFile {
  bytes: number;
  modifiedMs: number;
}

/** The chunk files of one media folder. Other packagers of the machine may write and delete there too. */
export class MediaFiles {
  constructor(private readonly mediaDirectory: string) {}

  /** Undefined: not in this folder. */
  async find(file: string): Promise<FoundFile | undefined> {
    const found = await orIfGone(stat(this.pathOf(file)));
    return found && { bytes: found.size, modifiedMs: found.mtimeMs };
  }

  async remove(file: string): Promise<void> {
    await rm(this.pathOf(file), { force: true });
  }

  /** Names of chunk files, a folder of a run at a time; an empty folder that nobody has written to since `staleMs` is removed. */
  async *byRun(staleMs: number): AsyncGenerator<string[]> {
    for (const camera of await this.list('.')) {
      for (const run of await this.list(camera)) {
        const folder = `${camera}/${run}`;
        const names = await this.list(folder);
        if (names.length === 0) await this.removeStale(folder, staleMs);
        else yield names.filter((name) => name.endsWith('.m4s')).map((name) => `${folder}/${name}`);
      }
    }
  }

  private async removeStale(folder: string, staleMs: number): Promise<void> {
    const found = await this.find(folder);
    if (!found || found.modifiedMs >= staleMs) return;
    try {
      await rmdir(this.pathOf(folder));
    } catch (error) {
      // Not empty any more, or gone: both are as well.
      if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }

  private async list(folder: string): Promise<string[]> {
    return (await orIfGone(readdir(this.pathOf(folder)))) ?? [];
  }

  /** @throws when the name leads out of the folder */
  pathOf(file: string): string {
    if (normalize(file).startsWith('..')) throw new Error(`File name leaves the media folder: ${file}`);
    return join(this.mediaDirectory, file);
  }
}
