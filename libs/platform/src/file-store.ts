import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, normalize, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { orIfGone } from './or-if-gone';

export interface StoredFile {
  bytes: number;
  sha256: string;
}

/** Where clips and stills are kept for good. Names are relative, `/`-separated, and made from ids only. */
export abstract class FileStore {
  /** Stores the whole content under `name`, atomically: a reader sees all of it or nothing. */
  abstract put(name: string, content: AsyncIterable<Buffer>): Promise<StoredFile>;
  /** Length in bytes, or undefined when there is no such file. */
  abstract size(name: string): Promise<number | undefined>;
  /** Bytes `start` to `end`, both included. */
  abstract read(name: string, range?: { start: number; end: number }): Readable;
  abstract remove(name: string): Promise<void>;
  /** Removes what a `put` of this name left that was killed. Nobody may be storing it now. */
  abstract removeUnfinished(name: string): Promise<void>;
  /** Proves that the store can be written now; rejects otherwise. */
  abstract check(): Promise<void>;
}

export class DiskFileStore extends FileStore {
  constructor(private readonly root: string) {
    super();
  }

  async put(name: string, content: AsyncIterable<Buffer>): Promise<StoredFile> {
    const path = this.pathOf(name);
    await mkdir(dirname(path), { recursive: true });
    const unfinished = `${path}.${randomUUID()}.part`;
    try {
      const stored = await this.write(unfinished, content);
      await rename(unfinished, path);
      await syncDirectory(dirname(path));
      return stored;
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async size(name: string): Promise<number | undefined> {
    try {
      return (await stat(this.pathOf(name))).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  read(name: string, range?: { start: number; end: number }): Readable {
    return createReadStream(this.pathOf(name), range);
  }

  async remove(name: string): Promise<void> {
    await rm(this.pathOf(name), { force: true });
  }

  async removeUnfinished(name: string): Promise<void> {
    const path = this.pathOf(name);
    const names = (await orIfGone(readdir(dirname(path)))) ?? [];
    const unfinished = names.filter((found) => found.startsWith(`${basename(path)}.`) && found.endsWith('.part'));
    for (const found of unfinished) await rm(join(dirname(path), found), { force: true });
  }

  async check(): Promise<void> {
    const name = `.check-${randomUUID()}`;
    await this.put(name, once(Buffer.from('ok')));
    await this.remove(name);
  }

  private async write(path: string, content: AsyncIterable<Buffer>): Promise<StoredFile> {
    const hash = createHash('sha256');
    let bytes = 0;
    const file = await open(path, 'wx');
    try {
      for await (const chunk of content) {
        hash.update(chunk);
        bytes += chunk.length;
        await file.appendFile(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { bytes, sha256: hash.digest('hex') };
  }

  /** @throws when the name leads out of the store */
  pathOf(name: string): string {
    const path = normalize(join(this.root, name));
    if (!path.startsWith(normalize(this.root) + sep)) throw new Error(`File name leaves the store: ${name}`);
    return path;
  }
}

/** A rename is durable only once its folder is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

async function* once(buffer: Buffer): AsyncGenerator<Buffer> {
  yield buffer;
}
