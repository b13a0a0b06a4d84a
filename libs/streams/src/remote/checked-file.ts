import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FileFacts } from '@app/storage';

/** Bytes of a segment in its chunk file, as its row has them. */
export interface HashedRange {
  offset: number;
  length: number;
  /** Null: written before hashes were kept. */
  sha256: Buffer | null;
}

export type CheckedFile = { kind: 'good'; facts: FileFacts } | { kind: 'altered'; offset: number };

/**
 * Reads a chunk file once: its own hash, and whether its segments still are what was recorded. What has changed since must never become
 * the copy that counts. @param ranges in the order of their offsets. @throws when the file cannot be read
 */
export async function checkFile(path: string, ranges: readonly HashedRange[]): Promise<CheckedFile> {
  const whole = createHash('sha256');
  const segments = new SegmentHashes(ranges);
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    whole.update(chunk as Buffer);
    segments.add(chunk as Buffer, bytes);
    bytes += (chunk as Buffer).length;
  }
  const altered = segments.finish();
  return altered ? { kind: 'altered', offset: altered.offset } : { kind: 'good', facts: { bytes, sha256: whole.digest('hex') } };
}

class SegmentHashes {
  private readonly rest: HashedRange[];
  private hash: Hash = createHash('sha256');
  private altered: HashedRange | undefined;

  constructor(ranges: readonly HashedRange[]) {
    this.rest = ranges.filter(({ sha256 }) => sha256 !== null);
  }

  /** The next bytes of the file, which begin at `position`. */
  add(chunk: Buffer, position: number): void {
    for (let range = this.rest[0]; range && range.offset < position + chunk.length; range = this.rest[0]) {
      const end = range.offset + range.length;
      this.hash.update(chunk.subarray(Math.max(0, range.offset - position), Math.min(chunk.length, end - position)));
      if (end > position + chunk.length) return;
      if (!range.sha256?.equals(this.hash.digest())) this.altered ??= range;
      this.hash = createHash('sha256');
      this.rest.shift();
    }
  }

  /** The first segment that is not what it was; one that the file does not hold to its end is none either. */
  finish(): HashedRange | undefined {
    return this.altered ?? this.rest[0];
  }
}
