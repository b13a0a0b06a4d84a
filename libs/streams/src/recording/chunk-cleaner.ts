import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Logger } from '@app/platform';
import { WINDOW_SECONDS } from '../packaging/packaging-settings';
import type { RecordingRepository } from './recording-repository';

/** The window, and as long again for viewers who still have an older list. */
const KEEP_MS = 2 * WINDOW_SECONDS * 1000;
const BATCH_FILES = 500;

/** Deletes media files that have left the live window, except what a hold covers. */
export class ChunkCleaner {
  constructor(
    private readonly mediaDirectory: string,
    private readonly recording: Pick<RecordingRepository, 'unheldFiles' | 'forgetFiles'>,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly keepMs = KEEP_MS,
  ) {}

  /** @returns how many files were deleted. @throws when the database cannot tell what is held: then nothing is deleted. */
  async clean(): Promise<number> {
    const old = await this.oldFiles();
    let deleted = 0;
    for (let start = 0; start < old.length; start += BATCH_FILES) {
      const files = await this.recording.unheldFiles(old.slice(start, start + BATCH_FILES));
      // The rows first: a row must never point to a file that is gone.
      await this.recording.forgetFiles(files);
      for (const file of files) await rm(join(this.mediaDirectory, file), { force: true });
      deleted += files.length;
    }
    if (deleted > 0) this.logger.debug({ deleted }, 'old media deleted');
    return deleted;
  }

  private async oldFiles(): Promise<string[]> {
    const before = this.clock.nowMs() - this.keepMs;
    const old: string[] = [];
    for (const camera of await list(this.mediaDirectory)) {
      for (const run of await list(join(this.mediaDirectory, camera))) {
        const names = await list(join(this.mediaDirectory, camera, run));
        for (const name of names) {
          const path = join(this.mediaDirectory, camera, run, name);
          if (name.endsWith('.m4s') && (await modifiedMs(path)) < before) old.push(`${camera}/${run}/${name}`);
        }
        // Empty and no longer written to: its run is over.
        if (names.length === 0 && (await modifiedMs(join(this.mediaDirectory, camera, run))) < before)
          await rm(join(this.mediaDirectory, camera, run), { recursive: true, force: true });
      }
    }
    return old;
  }
}

async function list(directory: string): Promise<string[]> {
  return (await orIfGone(readdir(directory))) ?? [];
}

async function modifiedMs(path: string): Promise<number> {
  return (await orIfGone(stat(path)))?.mtimeMs ?? Infinity;
}

/** Another packager of this machine may clean the same folder. */
async function orIfGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
