/** One chunk file of one run, as the index and the disk know it. */
export interface Chunk {
  /** `<camera>/<run>/<name>`, below the media folder. */
  file: string;
  /** What deleting it frees. */
  bytes: number;
  /** When its newest segment ended, wall clock, milliseconds. */
  endsAtMs: number;
  /** Whether a hold covers any part of it. */
  held: boolean;
  /** How long its election keeps footage, milliseconds. */
  retentionMs: number;
}

export type DeletionCause = 'past-retention' | 'disk-short';

export interface Deletion {
  file: string;
  bytes: number;
  cause: DeletionCause;
}

export interface Room {
  nowMs: number;
  /** What has to go until the disk is no longer short; 0: nothing. */
  excessBytes: number;
  /** Footage younger than this is being watched, milliseconds. */
  liveMs: number;
}

/**
 * What to delete, oldest first: all that is past its retention, then what ended before the live window, until the disk has room.
 * Never what a hold covers, however full the disk is.
 */
export function chooseDeletions(chunks: readonly Chunk[], { nowMs, excessBytes, liveMs }: Room): Deletion[] {
  const free = chunks.filter((chunk) => !chunk.held).sort(oldestFirst);
  const isExpired = (chunk: Chunk): boolean => chunk.endsAtMs < nowMs - chunk.retentionMs;
  const expired = free.filter(isExpired);
  let missing = excessBytes - expired.reduce((sum, { bytes }) => sum + bytes, 0);
  const early: Chunk[] = [];
  for (const chunk of free) {
    if (missing <= 0) break;
    if (isExpired(chunk) || chunk.endsAtMs >= nowMs - liveMs) continue;
    early.push(chunk);
    missing -= chunk.bytes;
  }
  return [...asDeletions(expired, 'past-retention'), ...asDeletions(early, 'disk-short')];
}

function oldestFirst(a: Chunk, b: Chunk): number {
  return a.endsAtMs - b.endsAtMs || (a.file < b.file ? -1 : 1);
}

function asDeletions(chunks: readonly Chunk[], cause: DeletionCause): Deletion[] {
  return chunks.map(({ file, bytes }) => ({ file, bytes, cause }));
}
