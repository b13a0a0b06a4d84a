import { dirname } from 'node:path';
import { chunkIn } from '@app/storage';
import type { ChunkFile, ChunkStorage, FileRange } from './chunk-storage';
import { givesBack } from './read-back';

/** Of media; a segment more at most, so never two minutes. */
const CHUNK_MS = 60_000;

/**
 * Appends the parts of one run to files of a minute or so: `<camera>/<run>/<n>.m4s`. Each segment lies in one file as a whole.
 * Files are new, never opened twice: after a failed call the writer is thrown away and the next run begins its own files.
 */
export class ChunkWriter {
  private open: ChunkFile | undefined;
  private index = -1;
  private position = 0;
  private chunkMs = 0;
  private nameIsDurable = false;

  constructor(
    private readonly storage: ChunkStorage,
    /** Relative folder of the run. */
    private readonly folder: string,
  ) {}

  /** One write call for all of a part. @throws when the disk is full or gone. */
  async append(chunks: readonly Buffer[], byteLength: number): Promise<FileRange> {
    const chunk = this.open ?? (await this.openNext());
    await chunk.append(chunks, byteLength);
    const range = { file: this.file, offset: this.position, length: byteLength };
    this.position += byteLength;
    return range;
  }

  /** All that was appended survives a power cut, under its name. */
  async sync(): Promise<void> {
    await this.openChunk.sync();
    if (this.nameIsDurable) return;
    await this.storage.syncFolder(this.folder);
    // The folders of the run and of the camera are new with the first file.
    if (this.index === 0) {
      await this.storage.syncFolder(dirname(this.folder));
      await this.storage.syncFolder('');
    }
    this.nameIsDurable = true;
  }

  /** Whether the file that is open gives back what was appended to it. */
  async givesBack({ offset }: FileRange, chunks: readonly Buffer[]): Promise<boolean> {
    return await givesBack(this.openChunk, offset, chunks);
  }

  /** Told at each end of a segment: a file that is long enough is closed there. */
  async segmentEnded(durationMs: number): Promise<void> {
    this.chunkMs += durationMs;
    if (this.chunkMs >= CHUNK_MS) await this.close();
  }

  async close(): Promise<void> {
    const chunk = this.open;
    this.open = undefined;
    await chunk?.close();
  }

  private get file(): string {
    return chunkIn(this.folder, this.index);
  }

  private get openChunk(): ChunkFile {
    if (!this.open) throw new Error(`No file of ${this.folder} is open`);
    return this.open;
  }

  private async openNext(): Promise<ChunkFile> {
    this.index += 1;
    this.position = 0;
    this.chunkMs = 0;
    this.nameIsDurable = false;
    this.open = await this.storage.openNew(this.file);
    return this.open;
  }
}
