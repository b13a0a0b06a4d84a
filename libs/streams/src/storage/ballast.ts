import { randomBytes } from 'node:crypto';
import { constants, mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const PIECE_BYTES = 1 << 20;

/** A file that does nothing but take room, to be given up when there is none left. Packagers of one machine share it. */
export class Ballast {
  constructor(
    private readonly path: string,
    /** 0: there is none. */
    readonly bytes: number,
  ) {}

  /** What of it is not there now, bytes. */
  async missingBytes(): Promise<number> {
    return Math.max(0, this.bytes - (await this.size()));
  }

  /** Two at once, or one after another that died half-way, write the same bytes to the same places. @throws when there is no room */
  async make(): Promise<void> {
    let at = await this.size();
    if (at >= this.bytes) return;
    await mkdir(dirname(this.path), { recursive: true });
    const handle = await open(this.path, constants.O_WRONLY | constants.O_CREAT);
    try {
      // File systems that compress give no room for zeros.
      const piece = randomBytes(Math.min(PIECE_BYTES, this.bytes));
      for (; at < this.bytes; at += piece.length) await handle.write(piece, 0, Math.min(piece.length, this.bytes - at), at);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  async free(): Promise<void> {
    await rm(this.path, { force: true });
  }

  private async size(): Promise<number> {
    try {
      return (await stat(this.path)).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
      throw error;
    }
  }
}
