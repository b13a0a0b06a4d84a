import { fileOf } from '@app/storage';
import type { Finding } from './findings';
import type { IndexRow } from './index-row';

/** Bytes that a row names. */
export interface NamedBytes {
  cameraId: string;
  mediaSequence: number;
  file: string;
  offset: number;
  length: number;
  /** undefined: not known. */
  sha256: Buffer | undefined;
}

export type RowShape =
  | { kind: 'gap' }
  | { kind: 'deleted' }
  /** Written and let go before tombstones were kept. */
  | { kind: 'forgotten' }
  | { kind: 'bytes'; bytes: NamedBytes }
  | { kind: 'broken'; finding: Finding };

/** What a row says of its bytes, without looking at them. */
export function shapeOf(row: IndexRow): RowShape {
  const file = fileOf(row);
  const broken = (message: string, kind: Finding['kind'] = 'broken-row'): RowShape => ({
    kind: 'broken',
    finding: {
      kind,
      cameraId: row.camera_id,
      mediaSequence: row.media_sequence,
      ...(file !== null && { file }),
      message,
    },
  });
  if (row.kind === 'gap') return row.chunk === null ? { kind: 'gap' } : broken('A gap names a file.');
  if (row.deleted_at !== null)
    return row.chunk === null ? { kind: 'deleted' } : broken('The tombstone still names a file.', 'deleted-with-file');
  if (row.chunk === null) {
    if (row.sha256 === null) return { kind: 'forgotten' };
    return broken('It names no file, and is no tombstone.');
  }
  const [offset, length] = [row.byte_offset, row.byte_length];
  if (offset === null || length === null || offset < 0 || length <= 0) return broken('It does not say which bytes of its file.');
  if (file === null || row.chunk < 0) return broken('It names a file that no run has.');
  const sha256 = row.sha256 ?? undefined;
  return {
    kind: 'bytes',
    bytes: { cameraId: row.camera_id, mediaSequence: row.media_sequence, file, offset, length, sha256 },
  };
}
