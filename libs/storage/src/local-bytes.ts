import { open } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { orIfGone } from '@app/platform';
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
    const handle = await orIfGone(open(path, 'r'));
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
