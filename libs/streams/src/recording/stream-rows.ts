import type { FaultCode } from '@app/contracts';
import type { InitSegment, ListedSegment } from '@app/hls';
import type { RecordingRow, SegmentRow } from './recording-rows';
import type { SealedSegment } from './run-recording';

/** Takes rows for the database; never fails. */
export interface RowSink {
  put(row: RecordingRow): void;
  /** Resolves once what was put before survives this process, or after a short while when nothing takes it. */
  stored(): Promise<void>;
}

/** A place in the list without media. */
export const GAP = {
  runId: null,
  file: null,
  byteOffset: null,
  byteLength: null,
  sha256: null,
  mediaTime: null,
  monotonicMs: null,
  keyFrames: null,
} as const;

/** What the owner of one camera tells the database, under its generation. */
export class StreamRows {
  constructor(
    private readonly owner: { cameraId: string; generation: number },
    private readonly sink: RowSink,
  ) {}

  runStarted(id: string, listed: { discontinuitySequence: number; startsAt: number }, init: InitSegment): void {
    this.sink.put({
      kind: 'run-start',
      ...this.owner,
      id,
      discontinuitySequence: listed.discontinuitySequence,
      startedAt: new Date(listed.startsAt),
      init: init.bytes.toString('base64'),
      codecs: init.codecs,
      width: init.video?.width ?? 0,
      height: init.video?.height ?? 0,
    });
  }

  runEnded(id: string, endedAt: Date, reason: FaultCode, detail: string): void {
    this.sink.put({ kind: 'run-end', ...this.owner, id, endedAt, reason, detail });
  }

  segment(listed: ListedSegment, runId: string, sealed: SealedSegment): void {
    const { whole, sha256, mediaTime, monotonicMs, keyFrames } = sealed;
    this.sink.put({
      ...this.common(listed),
      runId,
      gapCause: null,
      file: whole.file,
      byteOffset: whole.offset,
      byteLength: whole.length,
      sha256,
      mediaTime,
      monotonicMs,
      keyFrames,
    });
  }

  gap(listed: ListedSegment, cause: FaultCode): void {
    this.sink.put({ ...this.common(listed), ...GAP, gapCause: cause });
  }

  /** What was told so far survives this process. */
  stored(): Promise<void> {
    return this.sink.stored();
  }

  /** Of the owner before. */
  unreported(rows: readonly SegmentRow[]): void {
    for (const row of rows) this.sink.put({ ...row, ...this.owner });
  }

  private common(listed: ListedSegment) {
    return {
      kind: 'segment' as const,
      ...this.owner,
      mediaSequence: listed.mediaSequence,
      discontinuitySequence: listed.discontinuitySequence,
      startsAt: new Date(Math.round(listed.startsAt)),
      durationTicks: listed.duration,
      independent: listed.independent,
    };
  }
}
