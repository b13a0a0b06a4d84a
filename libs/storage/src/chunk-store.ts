import type { Readable } from 'node:stream';
import type { RecordedRange } from './recorded-bytes';

/** What a whole file is known by. */
export interface FileFacts {
  bytes: number;
  /** hex */
  sha256: string;
}

/** Chunk files of the recording; clips, stills and scrub sheets. */
export type BucketPart = 'footage' | 'archive';

/** A place that does not answer, or cannot now: it says nothing about what is there. */
export class StorageUnavailable extends Error {
  constructor(cause: unknown) {
    super('The storage cannot be reached now', { cause });
    this.name = 'StorageUnavailable';
  }
}

/** A place for closed chunk files, under the names they have in the index. Nothing in it changes once it is verified. */
export abstract class ChunkStore {
  /**
   * Copies a file of this machine there; a second time, over what is there, is the same. Proves nothing: that is for `verify`.
   * @throws StorageUnavailable, as all others; Error when the place refuses it
   */
  abstract put(name: string, path: string, facts: FileFacts): Promise<void>;
  /** Whether the place holds these bytes and no others: by the SHA-256 it computed itself, else by reading all of them back. */
  abstract verify(name: string, facts: FileFacts): Promise<boolean>;
  /** In bytes; undefined when there is no such file. */
  abstract size(name: string): Promise<number | undefined>;
  /** Undefined when there is no such file, or it ends before the range does. @param signal may end the stream as well */
  abstract read(range: RecordedRange, signal?: AbortSignal): Promise<Readable | undefined>;
  /** Nothing happens when there is no such file. */
  abstract remove(name: string): Promise<void>;
  /** Names that begin with `prefix`, which ends at a slash or is empty. */
  abstract list(prefix: string): AsyncIterable<string>;
}
