import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { type ChunkFile, ChunkStorage } from './chunk-storage';

/** Chunk files in a folder of this machine. */
export class DiskChunkStorage extends ChunkStorage {
  constructor(private readonly mediaDirectory: string) {
    super();
  }

  async openNew(file: string): Promise<ChunkFile> {
    const path = join(this.mediaDirectory, file);
    const made = await mkdir(dirname(path), { recursive: true });
    // The media folder itself is new; folders below it are synced by who asked for them.
    if (made !== undefined && !made.startsWith(this.mediaDirectory + sep)) await syncFolderAt(dirname(made));
    return new DiskChunkFile(await open(path, 'wx+'));
  }

  async syncFolder(folder: string): Promise<void> {
    await syncFolderAt(join(this.mediaDirectory, folder));
  }
}

class DiskChunkFile implements ChunkFile {
  constructor(private readonly handle: FileHandle) {}

  async append(chunks: readonly Buffer[], byteLength: number): Promise<void> {
    const { bytesWritten } = await this.handle.writev(chunks as Buffer[]);
    if (bytesWritten === byteLength) return;
    // A full disk takes what it can, without an error; only the next call says why it was not all.
    const rest = Buffer.concat(chunks).subarray(bytesWritten);
    const { bytesWritten: more } = await this.handle.write(rest);
    if (more !== rest.length) throw new Error(`The disk took ${bytesWritten + more} of ${byteLength} bytes`);
  }

  async sync(): Promise<void> {
    await this.handle.datasync();
  }

  async read(offset: number, into: Buffer): Promise<void> {
    const { bytesRead } = await this.handle.read(into, 0, into.length, offset);
    if (bytesRead !== into.length) throw new Error(`The disk gave back ${bytesRead} of ${into.length} bytes`);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}

async function syncFolderAt(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
