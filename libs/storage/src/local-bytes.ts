import { type FileHandle, open } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { RecordedBytes, type RecordedRange } from './recorded-bytes';

/** The media folder of this machine. */
export class LocalBytes extends RecordedBytes {
  private readonly root: string;

  constructor(mediaDirectory: string) {
    super();
    this.root = normalize(mediaDirectory) + sep;
  }

  /** Undefined: not on this machine, or not whole. */
  async open({ file, offset, length }: RecordedRange): Promise<Readable | undefined> {
    const path = normalize(join(this.root, file));
    if (!path.startsWith(this.root)) throw new Error(`File name leaves the media folder: ${file}`);
    const handle = await openIfThere(path);
    if (!handle) return undefined;
    try {
      if ((await handle.stat()).size >= offset + length)
        return handle.createReadStream({ start: offset, end: offset + length - 1 });
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
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
