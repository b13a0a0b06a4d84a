import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { orIfGone } from '@app/platform';
import { ChunkStore, type FileFacts } from './chunk-store';
import { sha256OfStream } from './hash-stream';
import { LocalBytes } from './local-bytes';
import type { RecordedRange } from './recorded-bytes';

const UNFINISHED = '.part';

/** Chunk files in a folder that this machine can reach. */
export class DiskChunkStore extends ChunkStore {
  private readonly bytes: LocalBytes;

  constructor(private readonly root: string) {
    super();
    this.bytes = new LocalBytes(root);
  }

  async put(name: string, path: string): Promise<void> {
    const target = this.pathOf(name);
    await mkdir(dirname(target), { recursive: true });
    const unfinished = `${target}.${randomUUID()}${UNFINISHED}`;
    try {
      await copyFile(path, unfinished);
      await synced(unfinished);
      await rename(unfinished, target);
      await synced(dirname(target));
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  async verify(name: string, { bytes, sha256 }: FileFacts): Promise<boolean> {
    if ((await this.size(name)) !== bytes) return false;
    const stream = await this.read({ file: name, offset: 0, length: bytes });
    return stream !== undefined && (await sha256OfStream(stream)) === sha256;
  }

  async size(name: string): Promise<number | undefined> {
    return (await orIfGone(stat(this.pathOf(name))))?.size;
  }

  async read(range: RecordedRange): Promise<Readable | undefined> {
    return await this.bytes.open(range);
  }

  async remove(name: string): Promise<void> {
    await rm(this.pathOf(name), { force: true });
  }

  async *list(prefix: string): AsyncGenerator<string> {
    const entries = (await orIfGone(readdir(join(this.root, prefix), { withFileTypes: true }))) ?? [];
    for (const entry of entries) {
      if (entry.isDirectory()) yield* this.list(`${prefix}${entry.name}/`);
      else if (!entry.name.endsWith(UNFINISHED)) yield `${prefix}${entry.name}`;
    }
  }

  private pathOf(name: string): string {
    const path = normalize(join(this.root, name));
    if (!path.startsWith(normalize(this.root) + sep)) throw new Error(`File name leaves the store: ${name}`);
    return path;
  }
}

async function synced(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
