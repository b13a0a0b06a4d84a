import { close, fdatasync, open as openFile, read, write, writev } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
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
    return new DiskChunkFile(await settled<number>((done) => openFile(path, 'wx+', done)));
  }

  async syncFolder(folder: string): Promise<void> {
    await syncFolderAt(join(this.mediaDirectory, folder));
  }
}

/** By its number: a FileHandle costs twice as much for each of the two parts that a camera writes a second. */
class DiskChunkFile implements ChunkFile {
  private closed = false;

  constructor(private readonly fd: number) {}

  async append(chunks: readonly Buffer[], byteLength: number): Promise<void> {
    const bytesWritten = await this.call<number>((done) => writev(this.fd, chunks as Buffer[], null, done));
    if (bytesWritten === byteLength) return;
    // A full disk takes what it can, without an error; only the next call says why it was not all.
    const rest = Buffer.concat(chunks).subarray(bytesWritten);
    const more = await this.call<number>((done) => write(this.fd, rest, done));
    if (more !== rest.length) throw new Error(`The disk took ${bytesWritten + more} of ${byteLength} bytes`);
  }

  async sync(): Promise<void> {
    await this.call<void>((done) => fdatasync(this.fd, done));
  }

  async read(offset: number, into: Buffer): Promise<void> {
    const bytesRead = await this.call<number>((done) => read(this.fd, into, 0, into.length, offset, done));
    if (bytesRead !== into.length) throw new Error(`The disk gave back ${bytesRead} of ${into.length} bytes`);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await settled<void>((done) => close(this.fd, done));
  }

  /** The number of a closed file may be another's by now. */
  private call<T>(task: (done: Done<T>) => void): Promise<T> {
    if (this.closed) return Promise.reject(new Error('The file is closed'));
    return settled(task);
  }
}

type Done<T> = (error: NodeJS.ErrnoException | null, result?: T) => void;

function settled<T>(task: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => task((error, result) => (error ? reject(error) : resolve(result as T))));
}

async function syncFolderAt(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
