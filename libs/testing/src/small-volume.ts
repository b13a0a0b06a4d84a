import { execFile } from 'node:child_process';
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from './temporary-directory';

const run = promisify(execFile);
const BLOCK = Buffer.alloc(1024 * 1024);

/** A folder on a volume of its own, which can be filled to the last byte without harm to anybody. */
export class SmallVolume {
  private constructor(
    readonly directory: string,
    /** Why it has no volume of its own; undefined: it has. */
    readonly shared: string | undefined,
  ) {}

  /**
   * Where mounting is not allowed, a plain folder that refuses to be filled.
   * @param at an empty folder to mount it on; default: a new one
   */
  static async make(megabytes: number, at?: string): Promise<SmallVolume> {
    const directory = at ?? (await temporaryDirectory('pollglass-volume-'));
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'pollglass-volume', directory]);
      return new SmallVolume(directory, undefined);
    } catch (error) {
      return new SmallVolume(directory, (error as Error).message.trim().split('\n').at(-1) ?? 'mount failed');
    }
  }

  /** @returns when nothing can be written any more. */
  async fill(): Promise<void> {
    if (this.shared !== undefined) throw new Error('A volume that is not its own is never filled');
    const file = await open(join(this.directory, FILLER), 'w');
    try {
      for (;;) await file.write(BLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      await file.close();
    }
  }

  async free(): Promise<void> {
    await rm(join(this.directory, FILLER), { force: true });
  }

  async usedMegabytes(): Promise<number> {
    const { blocks, bfree, bsize } = await statfs(this.directory);
    return Math.round(((blocks - bfree) * bsize) / 1_048_576);
  }

  async remove(): Promise<void> {
    if (this.shared === undefined) await run('umount', [this.directory]);
    await rm(this.directory, { recursive: true, force: true });
  }
}

const FILLER = 'filler';
