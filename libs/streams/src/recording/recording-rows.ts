import type { FaultCode } from '@app/contracts';

/** Rows that a packager owes the database, in the order they came to be. Each carries the generation that fences it. */
export type RecordingRow = RunStartRow | RunEndRow | SegmentRow;

export interface RunStartRow {
  kind: 'run-start';
  cameraId: string;
  generation: number;
  id: string;
  discontinuitySequence: number;
  startedAt: Date;
  /** base64 */
  init: string;
  codecs: string;
  width: number;
  height: number;
}

export interface RunEndRow {
  kind: 'run-end';
  cameraId: string;
  generation: number;
  id: string;
  endedAt: Date;
  reason: FaultCode;
  detail: string;
}

export interface SegmentRow {
  kind: 'segment';
  cameraId: string;
  generation: number;
  mediaSequence: number;
  runId: string | null;
  discontinuitySequence: number;
  startsAt: Date;
  durationTicks: number;
  independent: boolean;
  gapCause: FaultCode | null;
  file: string | null;
  byteOffset: number | null;
  byteLength: number | null;
  /** hex; of the bytes as they were read back from the disk. Null for a gap, as all below. */
  sha256: string | null;
  /** Decode time of the first fragment, 90 kHz. */
  mediaTime: number | null;
  /** The recorder's monotonic clock when the first part was complete; null also for a segment found after its recorder was lost. */
  monotonicMs: number | null;
  /** Byte offsets of the fragments that begin with a key frame; null: one, at the segment's beginning, or none. */
  keyFrames: number[] | null;
}
