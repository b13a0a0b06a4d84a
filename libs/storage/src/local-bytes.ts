import { type FileHandle, open } from 'node:fs/promises';
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
    const handle = await this.handleOf(file);
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

  /** With one call of the disk: a stream of a segment takes many. Undefined: not on this machine, or not whole. */
  override async read({ file, offset, length }: RecordedRange): Promise<Buffer | undefined> {
    const handle = await this.handleOf(file);
    if (!handle) return undefined;
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafeSlow(length), 0, length, offset);
      return bytesRead === length ? buffer : undefined;
    } finally {
      await handle.close();
    }
  }

  private async handleOf(file: string): Promise<FileHandle | undefined> {
    const path = normalize(join(this.root, file));
    if (!path.startsWith(this.root)) throw new Error(`File name leaves the media folder: ${file}`);
    return await orIfGone(open(path, 'r'));
  }
}
