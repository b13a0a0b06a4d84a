import type { RecordedBytes } from '@app/storage';
import type { IndexedSegment } from './clip-plan';

/** How a segment could not be had; a clip counts it as missing. */
export type FootageResult = { kind: 'bytes'; bytes: Buffer } | { kind: 'missing' };

/** Reads segments for clips. */
export class FootageReader {
  constructor(private readonly recorded: Pick<RecordedBytes, 'read'>) {}

  /** @throws Error while a place that has the bytes cannot be read: a clip is cut later rather than with a hole */
  async read({ file, byteOffset, byteLength }: IndexedSegment): Promise<FootageResult> {
    if (file === null || byteOffset === null || byteLength === null) return { kind: 'missing' };
    const bytes = await this.recorded.read({ file, offset: byteOffset, length: byteLength });
    return bytes ? { kind: 'bytes', bytes } : { kind: 'missing' };
  }
}
