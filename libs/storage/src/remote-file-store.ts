import { stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { DiskFileStore, FileStore, type Logger, orIfGone, type StoredFile } from '@app/platform';
import { type ChunkStore, StorageUnavailable } from './chunk-store';
import { DiskChunkStore } from './disk-chunk-store';
import { sha256OfStream } from './hash-stream';

/** A file of this machine this old is not being written any more. */
const LEFT_MS = 60_000;

/**
 * Clips, stills and sheets in a bucket. A file is durable on this machine first and leaves it when its copy there was verified; while the
 * bucket is away it stays, and `moveLeft` sends it later. Read from wherever it is.
 */
export class RemoteFileStore extends FileStore {
  private readonly local: DiskFileStore;
  private readonly folder: DiskChunkStore;

  constructor(
    directory: string,
    private readonly remote: ChunkStore,
  ) {
    super();
    this.local = new DiskFileStore(directory);
    this.folder = new DiskChunkStore(directory);
  }

  async put(name: string, content: AsyncIterable<Buffer>): Promise<StoredFile> {
    const stored = await this.local.put(name, content);
    try {
      await this.send(name, stored);
    } catch {
      // It is durable here; `moveLeft` sends it again, and tells why it cannot.
    }
    return stored;
  }

  async size(name: string): Promise<number | undefined> {
    return (await this.local.size(name)) ?? (await this.remote.size(name));
  }

  read(name: string, range?: { start: number; end: number }): Readable {
    return Readable.from(this.bytes(name, range), { objectMode: false });
  }

  async remove(name: string): Promise<void> {
    await this.remote.remove(name);
    await this.local.remove(name);
  }

  async removeUnfinished(name: string): Promise<void> {
    await this.local.removeUnfinished(name);
  }

  /** Of this machine: what the bucket does not take waits here. */
  async check(): Promise<void> {
    await this.local.check();
  }

  /** Sends what is still here, whoever left it. @returns how many files went. */
  async moveLeft(nowMs: number, logger: Logger): Promise<number> {
    let moved = 0;
    for await (const name of this.folder.list('')) {
      const path = this.local.pathOf(name);
      const found = await orIfGone(stat(path));
      if (!found || nowMs - found.mtimeMs < LEFT_MS) continue;
      try {
        await this.send(name, { bytes: found.size, sha256: await sha256OfStream(createReadStream(path)) });
        moved += 1;
      } catch (error) {
        if (error instanceof StorageUnavailable) throw error;
        logger.error({ err: error, name }, 'a file of the archive cannot be moved to the bucket; it stays here');
      }
    }
    return moved;
  }

  private async send(name: string, facts: StoredFile): Promise<void> {
    await this.remote.put(name, this.local.pathOf(name), facts);
    if (!(await this.remote.verify(name, facts))) throw new Error(`The bucket does not hold what was sent: ${name}`);
    await this.local.remove(name);
  }

  private async *bytes(name: string, range: { start: number; end: number } | undefined): AsyncGenerator<Buffer> {
    const here = await this.local.size(name);
    if (here !== undefined) {
      try {
        yield* this.local.read(name, range) as AsyncIterable<Buffer>;
        return;
      } catch (error) {
        // It was moved in between, before its first byte was read.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
    const size = await this.remote.size(name);
    const { start, end } = range ?? { start: 0, end: (size ?? 0) - 1 };
    const stream =
      size === undefined ? undefined : await this.remote.read({ file: name, offset: start, length: end - start + 1 });
    if (!stream) throw Object.assign(new Error(`There is no file ${name}`), { code: 'ENOENT' });
    yield* stream as AsyncIterable<Buffer>;
  }
}
