import { createHash } from 'node:crypto';
import { type FileHandle, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { orIfGone } from '@app/platform';
import { type RecordedBytes, sha256OfStream } from '@app/storage';
import type { ChunkFile } from './leftovers';
import type { NamedBytes } from './row-shape';

export type BytesState = { kind: 'good' } | { kind: 'missing-file' | 'short-file' | 'altered'; message: string };

const READ_BYTES = 1 << 20;

/** The files of the recording, here and elsewhere. Holds one of those here open: rows come in the order of the files. */
export class MediaFolder {
  private opened: { file: string; handle: FileHandle; size: number } | undefined;
  private readonly buffer = Buffer.allocUnsafe(READ_BYTES);

  /** @param elsewhere where footage may be that is not in this folder */
  constructor(
    private readonly directory: string,
    private readonly elsewhere?: Pick<RecordedBytes, 'open'>,
  ) {}

  /** Folders below the media folder, one a camera. @throws when the media folder cannot be read */
  async cameras(): Promise<string[]> {
    const entries = await readdir(this.directory, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  }

  /** Files of a camera's runs, by their path below the media folder. About 250 bytes of memory each. */
  async filesOf(cameraId: string): Promise<Map<string, ChunkFile>> {
    const files = new Map<string, ChunkFile>();
    for (const run of await namesIn(join(this.directory, cameraId)))
      for (const name of await namesIn(join(this.directory, cameraId, run))) {
        const file = `${cameraId}/${run}/${name}`;
        const found = await orIfGone(stat(join(this.directory, file)));
        if (found?.isFile()) files.set(file, { size: found.size, modifiedMs: found.mtimeMs });
      }
    return files;
  }

  /**
   * Reads the bytes that a row names and compares them with its hash, where it has one.
   * @throws when a place that has them cannot be read
   */
  async check(named: NamedBytes): Promise<BytesState> {
    const { file, offset, length, sha256 } = named;
    const opened = await this.open(file);
    if (!opened) return await this.checkElsewhere(named);
    // A file that is written to has grown since it was opened.
    if (offset + length > opened.size) opened.size = (await opened.handle.stat()).size;
    if (offset + length > opened.size)
      return { kind: 'short-file', message: `The file ends at ${opened.size}, before byte ${offset + length}.` };
    if (!sha256) return { kind: 'good' };
    return compared(named, (await this.hash(opened.handle, offset, length)).toString('hex'));
  }

  /** @throws when the file is gone or shorter */
  async read(file: string, start: number, end: number): Promise<Buffer> {
    const opened = await this.open(file);
    if (!opened) throw new Error(`${file} is gone`);
    const { buffer, bytesRead } = await opened.handle.read(Buffer.alloc(end - start), 0, end - start, start);
    if (bytesRead !== end - start) throw new Error(`${file} has become shorter`);
    return buffer;
  }

  async close(): Promise<void> {
    const opened = this.opened;
    this.opened = undefined;
    await opened?.handle.close();
  }

  private async checkElsewhere(named: NamedBytes): Promise<BytesState> {
    const stream = await this.elsewhere?.open(named);
    if (!stream) return { kind: 'missing-file', message: 'The file is not there.' };
    return compared(named, await sha256OfStream(stream));
  }

  private async open(file: string): Promise<{ handle: FileHandle; size: number } | undefined> {
    if (this.opened?.file === file) return this.opened;
    await this.close();
    const handle = await orIfGone(open(join(this.directory, file), 'r'));
    if (handle) this.opened = { file, handle, size: 0 };
    return this.opened;
  }

  private async hash(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
    const hash = createHash('sha256');
    for (let at = offset; at < offset + length;) {
      const { bytesRead } = await handle.read(this.buffer, 0, Math.min(READ_BYTES, offset + length - at), at);
      // Cut shorter while it was read: the hash will say so.
      if (bytesRead === 0) break;
      hash.update(this.buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    return hash.digest();
  }
}

/** @param actual hex */
function compared({ offset, length, sha256 }: NamedBytes, actual: string): BytesState {
  const expected = sha256?.toString('hex') ?? actual;
  if (actual === expected) return { kind: 'good' };
  return { kind: 'altered', message: `Bytes ${offset} to ${offset + length} have SHA-256 ${actual}, not ${expected}.` };
}

async function namesIn(directory: string): Promise<string[]> {
  return (await orIfGone(readdir(directory))) ?? [];
}
