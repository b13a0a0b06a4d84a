import { Injectable } from '@nestjs/common';
import { RecordedBytes } from '@app/storage';
import type { StoredBytes } from '../recording-index';

/** A segment whose bytes are kept somewhere. */
export interface StoredSegment extends StoredBytes {
  cameraId: string;
  mediaSequence: number;
}

/** Reads parts of recorded segments, wherever they are. */
@Injectable()
export class SegmentBytes {
  constructor(private readonly recorded: RecordedBytes) {}

  /** Bytes `start` to `end` of the segment, both included, in memory of their own. Undefined: they cannot be had. */
  async read(segment: StoredSegment, { start, end }: { start: number; end: number }): Promise<Buffer | undefined> {
    return await this.recorded.read({ file: segment.file, offset: segment.offset + start, length: end - start + 1 });
  }
}
