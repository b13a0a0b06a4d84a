import type { StoredBytes } from '../recording-index';

/** A segment whose bytes are kept somewhere. */
export interface StoredSegment extends StoredBytes {
  cameraId: string;
  mediaSequence: number;
}

/** Reads the bytes of recorded segments, wherever they are. */
export abstract class SegmentBytes {
  /** Bytes `start` to `end` of the segment, both included. Undefined: they cannot be had. */
  abstract read(segment: StoredSegment, range: { start: number; end: number }): Promise<Buffer | undefined>;
}
