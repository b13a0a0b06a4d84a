/** What can be wrong with a recording. */
export type FindingKind =
  /** A row names a file that is not there. */
  | 'missing-file'
  /** A row's bytes go beyond the end of its file. */
  | 'short-file'
  /** The bytes are not those whose SHA-256 the row has. */
  | 'altered'
  /** Two rows name the same bytes. */
  | 'shared-bytes'
  /** A row says where its bytes are in a way that cannot be, or its bytes are gone without a tombstone. */
  | 'broken-row'
  /** A tombstone still names a file. */
  | 'deleted-with-file'
  /** Bytes on disk that no row names. */
  | 'orphan'
  /** An object of the bucket that no row names. */
  | 'bucket-orphan'
  /** A row names an object that is not in the bucket. */
  | 'bucket-missing'
  /** Media sequences are missing between two rows. */
  | 'sequence-hole'
  | 'sequence-repeat'
  | 'discontinuity-back'
  /** A row begins before the one before it. */
  | 'time-back'
  /** Time that neither a segment nor a gap covers. */
  | 'hole'
  /** Time that two rows cover. */
  | 'overlap';

export interface Finding {
  kind: FindingKind;
  cameraId: string;
  mediaSequence?: number;
  /** Below the media folder. */
  file?: string;
  /** ISO 8601, UTC. */
  from?: string;
  to?: string;
  message: string;
}

export interface FsckCounts {
  cameras: number;
  /** Rows with media, deleted ones included. */
  segments: number;
  gaps: number;
  files: number;
  /** Of the bucket: listed, not read. */
  objects: number;
  /** Read and compared. */
  bytes: number;
  /** Segments without a hash: only that their bytes are there is known. */
  unhashed: number;
  /** Tombstones. */
  deleted: number;
  /** Rows of before there were tombstones, whose bytes were let go. */
  forgotten: number;
  /** Files that are still being written, with bytes that have no row yet. */
  openTails: number;
  /** Files that end with a segment that the disk did not take whole: it is a gap in the index. */
  givenUp: number;
  /** Segments that --repair-index gave a row again. */
  repaired: number;
}

export const noCounts = (): FsckCounts => ({
  cameras: 0,
  segments: 0,
  gaps: 0,
  files: 0,
  objects: 0,
  bytes: 0,
  unhashed: 0,
  deleted: 0,
  forgotten: 0,
  openTails: 0,
  givenUp: 0,
  repaired: 0,
});

/** From and to are milliseconds since 1970. */
export const period = (fromMs: number, toMs: number): { from: string; to: string } => ({
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
});
