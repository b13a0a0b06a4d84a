import type { Db } from '@app/database';
import type { RecordedBytes } from '@app/storage';
import { type Bucket, BucketCheck } from './bucket-check';
import { CameraCheck, type CheckPorts, type Orphan } from './camera-check';
import type { Finding } from './findings';
import { IndexRepair } from './index-repair';
import { MediaFolder } from './media-folder';
import { type CameraPlan, RecordingIndex } from './recording-index';
import { type FsckReport, ReportDraft } from './report';
import type { Period } from './row-order';

export interface FsckOptions {
  db: Db;
  mediaDirectory: string;
  /** Where footage may be that is not in this folder; without it, it is missing. */
  elsewhere?: Pick<RecordedBytes, 'open'>;
  /** What is kept in a bucket besides; it is listed unless the check is of a period. */
  bucket?: Bucket | undefined;
  /** undefined: all. */
  cameraId?: string | undefined;
  /** undefined: all there is, from each camera's first row to its last. */
  period?: Period | undefined;
  repairIndex: boolean;
  nowMs(): number;
  /** Told after each row and camera. */
  onProgress(progress: FsckProgress): void;
  signal?: AbortSignal;
}

/** Rows; `total` is of the beginning, so that a recording that goes on ends beyond it. */
export interface FsckProgress {
  done: number;
  total: number;
}

export class CameraUnknown extends Error {}

/**
 * Compares the index of the recording with its files, and looks for time that nothing covers. Reads only, unless the index is to be
 * repaired; never deletes bytes. @throws CameraUnknown; when the database or the media folder cannot be read; when `signal` is aborted
 */
export async function fsck(options: FsckOptions): Promise<FsckReport> {
  const index = new RecordingIndex(options.db);
  const media = new MediaFolder(options.mediaDirectory, options.elsewhere);
  const cameras = await index.cameras(options.cameraId);
  if (options.cameraId !== undefined && cameras.length === 0) throw new CameraUnknown(`There is no camera ${options.cameraId}`);
  const progress = { done: 0, total: await countRows(index, cameras, options.period) };
  const ports: CheckPorts = {
    index,
    media,
    nowMs: () => options.nowMs(),
    onRow: () => {
      options.signal?.throwIfAborted();
      progress.done += 1;
      options.onProgress(progress);
    },
  };
  const report = new ReportDraft();
  try {
    const folders = await mediaFolders(media, index);
    if (options.cameraId === undefined && options.period === undefined) await findStrangers(media, folders, cameras, report);
    if (options.bucket && options.period === undefined)
      await new BucketCheck(options.db, options.bucket, report, options.signal).check(options.cameraId);
    for (const camera of cameras) report.merge(await checkCamera(camera, ports, options));
  } finally {
    await media.close();
  }
  return report.report();
}

/** @throws when the folder is away although there are rows that name files in it: all of them missing would be a false alarm. */
async function mediaFolders(media: MediaFolder, index: RecordingIndex): Promise<string[]> {
  try {
    return await media.cameras();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && !(await index.namesFiles())) return [];
    throw new Error('The media folder cannot be read', { cause: error });
  }
}

/** Files of cameras that are not in the database. */
async function findStrangers(
  media: MediaFolder,
  folders: readonly string[],
  cameras: readonly CameraPlan[],
  report: ReportDraft,
): Promise<void> {
  const known = new Set(cameras.map(({ cameraId }) => cameraId));
  for (const cameraId of folders.filter((folder) => !known.has(folder)))
    for (const [file, { size }] of await media.filesOf(cameraId)) {
      report.counts.files += 1;
      if (size > 0) report.add({ kind: 'orphan', cameraId, file, message: 'There is no such camera.' });
    }
}

async function checkCamera(camera: CameraPlan, ports: CheckPorts, options: FsckOptions): Promise<ReportDraft> {
  const check = async (draft: ReportDraft): Promise<Orphan[]> => {
    options.signal?.throwIfAborted();
    return await new CameraCheck(camera, options.period, ports, draft).check();
  };
  let draft = new ReportDraft();
  let orphans = await check(draft);
  const why = new Map<string, string>();
  if (options.repairIndex && orphans.length > 0) {
    const repaired = await repairAll(camera.cameraId, orphans, new IndexRepair(options.db, ports.index, ports.media), why);
    if (repaired > 0) {
      // The rows that are back close holes too: only another look tells what is left.
      draft = new ReportDraft();
      orphans = await check(draft);
      draft.counts.repaired += repaired;
    }
  }
  for (const orphan of orphans) draft.add(orphanFinding(camera.cameraId, orphan, why.get(keyOf(orphan))));
  return draft;
}

/** @param why filled with the reason for each that is left. @returns how many segments have a row again. */
async function repairAll(
  cameraId: string,
  orphans: readonly Orphan[],
  repair: IndexRepair,
  why: Map<string, string>,
): Promise<number> {
  let repaired = 0;
  for (const orphan of orphans) {
    const outcome = await repair.repair(cameraId, orphan);
    if (outcome.kind === 'repaired') repaired += outcome.segments;
    else why.set(keyOf(orphan), outcome.why);
  }
  return repaired;
}

const keyOf = ({ file, bytes }: Orphan): string => `${file}:${bytes.start}`;

function orphanFinding(cameraId: string, { file, bytes }: Orphan, why: string | undefined): Finding {
  const left = why === undefined ? '' : ` They are left without one: ${why}.`;
  return { kind: 'orphan', cameraId, file, message: `No row names bytes ${bytes.start} to ${bytes.end}.${left}` };
}

async function countRows(index: RecordingIndex, cameras: readonly CameraPlan[], period: Period | undefined): Promise<number> {
  let rows = 0;
  for (const { cameraId } of cameras) {
    const range = await index.range(cameraId, period);
    if (range) rows += await index.countRows(cameraId, range);
  }
  return rows;
}
