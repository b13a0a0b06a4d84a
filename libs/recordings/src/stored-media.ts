import { type FileHandle, open } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import type { StoredBytes } from './recording-index';

/** The media folder of this machine. */
export class StoredMedia {
  private readonly root: string;

  constructor(mediaDirectory: string) {
    this.root = normalize(mediaDirectory) + sep;
  }

  /**
   * The file with these bytes, open; to be closed by who asked. Undefined: not on this machine, or not whole.
   * @throws Error when the name leads out of the folder, or the disk cannot be read
   */
  async open({ file, offset, length }: StoredBytes): Promise<FileHandle | undefined> {
    const path = normalize(join(this.root, file));
    if (!path.startsWith(this.root)) throw new Error(`File name leaves the media folder: ${file}`);
    const handle = await openIfThere(path);
    if (!handle) return undefined;
    try {
      if ((await handle.stat()).size >= offset + length) return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
    await handle.close();
    return undefined;
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
