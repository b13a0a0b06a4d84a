import { TICKS_PER_SECOND } from '@app/hls';
import type { Row } from '@app/database';

/** What fsck reads of a row of the index. */
export type IndexRow = Pick<
  Row<'segments'>,
  | 'camera_id'
  | 'media_sequence'
  | 'kind'
  | 'run_id'
  | 'discontinuity_sequence'
  | 'starts_at'
  | 'duration_ticks'
  | 'chunk'
  | 'byte_offset'
  | 'byte_length'
  | 'sha256'
  | 'deleted_at'
>;

export const startMs = (row: Pick<IndexRow, 'starts_at'>): number => row.starts_at.getTime();
export const endMs = (row: Pick<IndexRow, 'starts_at' | 'duration_ticks'>): number =>
  startMs(row) + (row.duration_ticks * 1000) / TICKS_PER_SECOND;
