import { join } from 'node:path';
import { TICKS_PER_SECOND } from '@app/hls';
import type { HistorySegment } from '@app/hls';
import type { Row } from '@app/database';
import { fileExists } from '@app/platform';
import { chunkIn, fileOf, runFolder } from '@app/storage';
import type { RestoredPast } from '../live/restored-past';
import { inMemory, type MediaBody } from '../live/media-body';
import { WINDOW_SECONDS } from '../packaging/packaging-settings';
import { isStorageFault } from '../storage/storage-fault';
import type { ChunkStorage } from './chunk-storage';
import { readLeftFile } from './left-file';
import { recoverTail } from './recover-tail';
import type { RecordedPast } from './recording-repository';
import type { SegmentRow } from './recording-rows';
import { GAP } from './stream-rows';

type Segment = Row<'segments'>;

interface Camera {
  cameraId: string;
  targetDuration: number;
  mediaDirectory: string;
  storage: ChunkStorage;
  newestRun: Row<'runs'> | undefined;
  /** When this packager was started, epoch ms. */
  startedAtMs: number;
}

const endOf = (row: Segment): number => row.starts_at.getTime() + (row.duration_ticks * 1000) / TICKS_PER_SECOND;

/**
 * Turns what the database knows of a camera's past into the list that the next owner goes on with, adding what the owner before wrote
 * to disk but did not report. Undefined: the camera was never on air.
 */
export async function restorePast(past: RecordedPast, camera: Camera & { nowMs: number }): Promise<RestoredPast | undefined> {
  const segments = newestWithoutHoles(past.segments);
  const newest = segments.at(-1);
  const tail = await readTail(past.segments, camera);
  const unreported = tail.rows;
  const last = unreported.at(-1);
  if (!newest && !last) return undefined;
  const endMs = last ? last.startsAt.getTime() + (last.durationTicks * 1000) / TICKS_PER_SECOND : newest ? endOf(newest) : 0;
  // An owner that ran already while the camera was lost took it over; one that was started since is the same one again.
  const absence = camera.startedAtMs > endMs ? ('packager-restarted' as const) : ('packager-lost' as const);
  if (camera.nowMs - endMs > WINDOW_SECONDS * 1000) return { ...afterLongAbsence(newest, unreported, camera, absence), absence };
  const runs = new Map([...past.runs, ...(camera.newestRun ? [camera.newestRun] : [])].map((run) => [run.id, run]));
  const history = [...segments.map(fromRow), ...unreported.map(fromUnreported)];
  const used = new Set(history.flatMap((segment) => segment.runId ?? []));
  return {
    history: {
      segments: history,
      runs: [...runs.values()]
        .filter((run) => used.has(run.id))
        .map((run) => ({ runId: run.id, init: inMemory([run.init_segment]) })),
    },
    unreported,
    filesReachable: tail.reachable,
    absence,
  };
}

/** Everything listed has left the window: only its numbers go on, behind one gap that ends now. */
function afterLongAbsence(
  newest: Segment | undefined,
  unreported: SegmentRow[],
  { nowMs, targetDuration, cameraId }: { nowMs: number; targetDuration: number; cameraId: string },
  absence: RestoredPast['absence'],
): Omit<RestoredPast, 'absence'> {
  const mediaSequence = (newest?.media_sequence ?? -1) + unreported.length + 1;
  const gap = {
    mediaSequence,
    discontinuitySequence: unreported.at(-1)?.discontinuitySequence ?? newest?.discontinuity_sequence ?? 0,
    startsAt: nowMs - targetDuration * 1000,
    duration: targetDuration * TICKS_PER_SECOND,
    independent: false,
  };
  const row: SegmentRow = {
    kind: 'segment',
    cameraId,
    generation: 0,
    mediaSequence,
    ...GAP,
    discontinuitySequence: gap.discontinuitySequence,
    startsAt: new Date(gap.startsAt),
    durationTicks: gap.duration,
    independent: false,
    gapCause: absence,
  };
  return {
    history: { segments: [{ kind: 'gap', runId: undefined, body: undefined, ...gap }], runs: [] },
    unreported: [...unreported, row],
    filesReachable: true,
  };
}

/** Rows that were given up leave a hole in the numbers; the list goes on after it. */
function newestWithoutHoles(rows: readonly Segment[]): Segment[] {
  let first = rows.length - 1;
  while (first > 0 && rows[first - 1]?.media_sequence === (rows[first]?.media_sequence ?? 0) - 1) first -= 1;
  return rows.slice(Math.max(first, 0));
}

async function readTail(segments: readonly Segment[], camera: Camera): Promise<{ rows: SegmentRow[]; reachable: boolean }> {
  const { newestRun: run, cameraId } = camera;
  const newest = segments.at(-1);
  if (!run) return { rows: [], reachable: true };
  // A gap after the run: it had ended in order, all of it is reported. After a failure of the disk nothing more of it counts.
  const known = segments.findLast((segment) => segment.run_id === run.id);
  if (run.ended_at !== null && (newest !== known || isStorageFault(run.end_reason))) return { rows: [], reachable: true };
  // What follows a file that is deleted already cannot be told from what was reported; retention deletes long after all was.
  const file = known && fileOf(known);
  if (known && (file === null || known.deleted_at !== null)) return { rows: [], reachable: true };
  const folder = runFolder(cameraId, run.id);
  const rows: SegmentRow[] = [];
  let at = file
    ? { file, offset: (known?.byte_offset ?? 0) + (known?.byte_length ?? 0) }
    : { file: chunkIn(folder, 0), offset: 0 };
  let startsAtMs = Math.max(run.started_at.getTime(), newest ? endOf(newest) : 0);
  for (let bytes = await readLeftFile(camera, at); bytes; bytes = await readLeftFile(camera, at)) {
    for (const segment of recoverTail(run.init_segment, bytes, at, camera.targetDuration)) {
      rows.push(unreportedRow(cameraId, (newest?.media_sequence ?? -1) + rows.length + 1, run, segment, startsAtMs));
      startsAtMs += (segment.durationTicks * 1000) / TICKS_PER_SECOND;
    }
    at = { file: nextFile(at.file), offset: 0 };
  }
  return { rows, reachable: rows.length > 0 || (await fileExists(join(camera.mediaDirectory, folder))) };
}

function unreportedRow(
  cameraId: string,
  mediaSequence: number,
  run: Row<'runs'>,
  segment: ReturnType<typeof recoverTail>[number],
  startsAtMs: number,
): SegmentRow {
  return {
    kind: 'segment',
    cameraId,
    generation: 0,
    mediaSequence,
    runId: run.id,
    discontinuitySequence: run.discontinuity_sequence,
    startsAt: new Date(Math.round(startsAtMs)),
    durationTicks: segment.durationTicks,
    independent: segment.independent,
    gapCause: null,
    file: segment.range.file,
    byteOffset: segment.range.offset,
    byteLength: segment.range.length,
    sha256: segment.sha256,
    mediaTime: segment.mediaTime,
    monotonicMs: null,
    keyFrames: segment.keyFrames,
  };
}

const nextFile = (file: string): string => file.replace(/(\d+)\.m4s$/, (_, index: string) => `${Number(index) + 1}.m4s`);

function fromRow(row: Segment): HistorySegment<MediaBody> {
  const file = fileOf(row);
  const body =
    row.kind === 'media' && file !== null
      ? { kind: 'file' as const, file, offset: row.byte_offset ?? 0, length: row.byte_length ?? 0 }
      : undefined;
  return {
    kind: row.kind,
    mediaSequence: row.media_sequence,
    discontinuitySequence: row.discontinuity_sequence,
    runId: row.run_id ?? undefined,
    startsAt: row.starts_at.getTime(),
    duration: row.duration_ticks,
    independent: row.independent,
    body,
  };
}

function fromUnreported(row: SegmentRow): HistorySegment<MediaBody> {
  const body =
    row.file === null
      ? undefined
      : { kind: 'file' as const, file: row.file, offset: row.byteOffset ?? 0, length: row.byteLength ?? 0 };
  return {
    kind: body ? 'media' : 'gap',
    mediaSequence: row.mediaSequence,
    discontinuitySequence: row.discontinuitySequence,
    runId: row.runId ?? undefined,
    startsAt: row.startsAt.getTime(),
    duration: row.durationTicks,
    independent: row.independent,
    body,
  };
}
