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
}
