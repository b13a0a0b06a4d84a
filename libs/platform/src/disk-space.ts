import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Room on a disk, bytes. `freeBytes` is what this process may still write; `usedBytes` what files take. */
export interface DiskFigures {
  freeBytes: number;
  usedBytes: number;
}

/** How much room there is where a folder lies. */
export abstract class DiskSpace {
  /** @throws when the disk cannot be asked */
  abstract read(directory: string): Promise<DiskFigures>;
}

export class StatfsDiskSpace extends DiskSpace {
  async read(directory: string): Promise<DiskFigures> {
    try {
      const { bsize, blocks, bfree, bavail } = await statfs(directory);
      return { freeBytes: bavail * bsize, usedBytes: (blocks - bfree) * bsize };
    } catch (error) {
      // Folders are made when the first file is written.
      const parent = dirname(directory);
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === directory) throw error;
      return await this.read(parent);
    }
  }
}
