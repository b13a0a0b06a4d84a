import { createReadStream } from 'node:fs';
import { CLIP_MARGIN_MS } from '@app/incidents';
import { type Clock, type FileStore, type Logger, withoutSecrets } from '@app/platform';
import type { RecordedBytes } from '@app/storage';
import type { ClipCutter, CutClip } from './clip-cutter';
import { stretchesOf } from './clip-plan';
import type { ClipRecord, ClipTask } from './clip-record';
import type { FootageIndex } from './footage-index';
import { FootageReader } from './footage-reader';
import type { WorkFolders } from './work-folders';

/** How long after the range its last segment may take to reach the index; then the clip is cut of what there is. */
export const INDEX_PATIENCE_MS = 10_000;

export const NOTHING_RECORDED = 'Nothing was recorded in this range.';

export interface ClipParts {
  record: ClipRecord;
  index: FootageIndex;
  cutter: ClipCutter;
  store: FileStore;
  folders: WorkFolders;
  clock: Clock;
  logger: Logger;
  recorded: Pick<RecordedBytes, 'read'>;
}

export interface ClipTry {
  /** No other try comes after this one. */
  isLast: boolean;
  signal?: AbortSignal;
}

/** `not-yet`: the footage of the range's end is not in the index; ask again after `retryInMs`. */
export type ClipOutcome = { kind: 'done' } | { kind: 'not-yet'; retryInMs: number };

/** Cuts the clip and the still of a flag and keeps both for good. */
export class ClipService {
  constructor(private readonly parts: ClipParts) {}

  /**
   * Cuts, stores and announces a clip whose footage is in the index. Doing it again, or for a clip that another
   * process is cutting, changes nothing. Never waits itself: clips of a dead camera must not hold up the others.
   * @throws Error when it may succeed later and this was not the last try
   */
  async cut(incidentId: string, attempt: ClipTry): Promise<ClipOutcome> {
    const { record, logger } = this.parts;
    const task = await record.task(incidentId);
    if (!task) return { kind: 'done' };
    const retryInMs = await this.waitMs(task);
    if (retryInMs > 0) return { kind: 'not-yet', retryInMs };
    await record.alone(incidentId, async () => {
      if (!(await record.begin(incidentId))) return;
      try {
        await this.cutTask(task, attempt.signal);
      } catch (error) {
        if (!attempt.isLast || attempt.signal?.aborted) throw error;
        logger.error({ err: error, incidentId }, 'a clip cannot be cut');
        await record.failed(incidentId, `The clip could not be cut: ${withoutSecrets((error as Error).message)}`);
      }
    });
    return { kind: 'done' };
  }

  private async cutTask(task: ClipTask, signal: AbortSignal | undefined): Promise<void> {
    const { record, index, folders, cutter, recorded } = this.parts;
    const stretches = stretchesOf(await index.segments(task.cameraId, task.range), task.range);
    const formats = await index.formats([...new Set(stretches.map((stretch) => stretch.runId))]);
    const reader = new FootageReader(recorded);
    await folders.within(async (folder) => {
      const cut = await cutter.cut({ stretches, formats, range: task.range, reader, folder, ...(signal && { signal }) });
      if (cut) await this.keep(task.incidentId, cut);
      else await record.failed(task.incidentId, NOTHING_RECORDED);
    });
  }

  /** 0: the index covers the range, or has had its time. */
  private async waitMs({ cameraId, range }: ClipTask): Promise<number> {
    const { index, clock } = this.parts;
    const waitedMs = clock.nowMs() - range.to - CLIP_MARGIN_MS;
    if (waitedMs >= INDEX_PATIENCE_MS) return 0;
    return ((await index.knownUntil(cameraId)) ?? 0) >= range.to ? 0 : retryAfter(waitedMs);
  }

  private async keep(incidentId: string, cut: CutClip): Promise<void> {
    const { store, record } = this.parts;
    const folder = `incidents/${incidentId}`;
    const still = cut.stillPath === null ? null : await store.put(`${folder}/still.jpg`, createReadStream(cut.stillPath));
    const clip = await store.put(`${folder}/clip.mp4`, createReadStream(cut.clipPath));
    await record.ready(incidentId, {
      from: new Date(cut.from),
      to: new Date(cut.to),
      clipFile: `${folder}/clip.mp4`,
      stillFile: still && `${folder}/still.jpg`,
      bytes: clip.bytes,
      sha256: clip.sha256,
      gapMs: cut.gapMs,
      detail: {
        pieces: cut.pieces,
        ...(cut.otherFormatMs > 0 && { otherFormatSeconds: cut.otherFormatMs / 1000 }),
        ...(still && { still: { bytes: still.bytes, sha256: still.sha256 } }),
      },
    });
  }
}

/** Often while the last segment is due, seldom after. Whole milliseconds: the queue takes no others. */
export function retryAfter(waitedMs: number): number {
  if (waitedMs < 0) return -waitedMs;
  return waitedMs > 3_500 ? 2_000 : Math.min(500, Math.max(300, Math.round(waitedMs / 2)));
}
