/** A chunk file of this machine, against what the index and the remote storage have of it. */
export interface LocalFile {
  file: string;
  bytes: number;
  modifiedMs: number;
  /** Up to where its bytes are in the index; undefined: no row names it. */
  indexedBytes: number | undefined;
  /** Of its verified copy. */
  stored: { bytes: number; storedAtMs: number } | undefined;
  /** The newest file of its run: perhaps it is still being written. */
  isNewest: boolean;
}

export interface CopyTimes {
  nowMs: number;
  /** How long the own copy stays after it was verified to be stored. */
  keepMs: number;
  /** What is younger is being watched, from this disk. */
  liveMs: number;
  /** Bytes without rows are waited for this long before the own copy may go. */
  unreportedMs: number;
}

export type CopyStep = 'wait' | 'upload' | 'let-go' | 'keep';

/** Longer than a run can be silent without being ended; rows follow bytes within a minute while the database is there. */
const QUIET_MS = 5 * 60_000;

/** What to do with a file now. The own copy never goes before a whole copy of it is known to be elsewhere. */
export function nextStep(local: LocalFile, { nowMs, keepMs, liveMs, unreportedMs }: CopyTimes): CopyStep {
  const { bytes, indexedBytes, stored } = local;
  const quietMs = nowMs - local.modifiedMs;
  if (indexedBytes === undefined || bytes === 0) return 'wait';
  // Its copy is of a file that went on growing.
  if (!stored || stored.bytes !== bytes) {
    const isClosed = quietMs > QUIET_MS || (!local.isNewest && indexedBytes === bytes);
    return isClosed ? 'upload' : 'wait';
  }
  const keptMs = indexedBytes < bytes ? unreportedMs : liveMs;
  return quietMs > keptMs && nowMs - stored.storedAtMs > keepMs ? 'let-go' : 'keep';
}
