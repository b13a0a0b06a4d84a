import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where bytes are: a file below the media folder, from `offset`. */
export interface FileRange {
  file: string;
  offset: number;
  length: number;
}

const CHUNK_MS = 60_000;

/**
 * Appends the parts of one run to files of a minute or so: `<camera>/<run>/<n>.m4s`. Each segment lies in one file as a whole.
 * Files are new, never opened twice: after a failed write the writer is thrown away and the next run begins its own files.
 */
export class ChunkWriter {
  private handle: FileHandle | undefined;
  private index = -1;
  private position = 0;
  private chunkTicksMs = 0;

  constructor(
    private readonly mediaDirectory: string,
    /** Relative folder of the run. */
    private readonly folder: string,
  ) {}

  /** One write call for all of a part. @throws when the disk is full or gone. */
  async append(chunks: readonly Buffer[], byteLength: number): Promise<FileRange> {
    const handle = this.handle ?? (await this.openNext());
    const { bytesWritten } = await handle.writev(chunks as Buffer[]);
    if (bytesWritten !== byteLength) throw new Error(`The disk took ${bytesWritten} of ${byteLength} bytes`);
    const range = { file: this.file, offset: this.position, length: byteLength };
    this.position += byteLength;
    return range;
  }

  /** Told at each end of a segment: a file that is long enough is closed there. */
  async segmentEnded(durationMs: number): Promise<void> {
    this.chunkTicksMs += durationMs;
    if (this.chunkTicksMs >= CHUNK_MS) await this.close();
  }

  async close(): Promise<void> {
    const handle = this.handle;
    this.handle = undefined;
    await handle?.close();
  }

  private get file(): string {
    return `${this.folder}/${this.index}.m4s`;
  }

  private async openNext(): Promise<FileHandle> {
    this.index += 1;
    this.position = 0;
    this.chunkTicksMs = 0;
    const path = join(this.mediaDirectory, this.file);
    await mkdir(dirname(path), { recursive: true });
    this.handle = await open(path, 'wx');
    return this.handle;
  }
}
