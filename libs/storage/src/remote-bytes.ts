import type { Readable } from 'node:stream';
import type { ChunkStore } from './chunk-store';
import { RecordedBytes, type RecordedRange } from './recorded-bytes';
import type { StoredChunks } from './stored-chunks';

/** Footage in the remote storage: only what is on record as verified there is believed to be. */
export class RemoteBytes extends RecordedBytes {
  constructor(
    private readonly store: Pick<ChunkStore, 'read'>,
    private readonly stored: Pick<StoredChunks, 'bytesOf'>,
  ) {
    super();
  }

  async open(range: RecordedRange, signal?: AbortSignal): Promise<Readable | undefined> {
    const bytes = await this.stored.bytesOf(range.file);
    if (bytes === undefined || bytes < range.offset + range.length) return undefined;
    return await this.store.read(range, signal);
  }
}
