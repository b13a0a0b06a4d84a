import type { Clock, Logger } from '@app/platform';
import type { ChunkStore, StoredChunks } from '@app/storage';
import { LIVE_MS, UNREPORTED_MS } from '../retention/chunk-cleaner';
import type { MediaFiles } from '../retention/media-files';
import type { ChunkUploader } from './chunk-uploader';
import { type LocalFile, nextStep } from './plan-copies';
import type { UploadRepository } from './upload-repository';

/** Names looked at in one round. */
const ROUND_FILES = 5_000;
const AT_ONCE = 4;
const SWEEP_FILES = 500;
/** While the storage does not take anything, a round tries no more than this. */
const FAILURES_A_ROUND = AT_ONCE;

export interface RemoteCopiesParts {
  files: MediaFiles;
  uploader: ChunkUploader;
  store: Pick<ChunkStore, 'remove'>;
  stored: StoredChunks;
  index: UploadRepository;
  clock: Clock;
  logger: Logger;
  /** How long the own copy stays, now: less while the disk is short. */
  keepMs: () => Promise<number>;
}

/**
 * Keeps the media folder of this machine and the remote storage together: closed files go there, own copies go when their time is over,
 * and copies of deleted footage go from there. All packagers of a machine do it for all that lies in their folder, so that a dead one's
 * files are not left; the same file copied twice at the same time is the same file.
 */
export class RemoteCopies {
  private pass: AsyncGenerator<string[]> | undefined;
  /** Closed files that are not copied yet, as of the newest whole pass. */
  waitingFiles = 0;
  private waiting = 0;

  constructor(private readonly parts: RemoteCopiesParts) {}

  get counts() {
    return this.parts.uploader.counts;
  }

  /** @throws when the database or the disk cannot tell what there is */
  async round(): Promise<void> {
    await this.removeDoomed();
    const keepMs = await this.parts.keepMs();
    const failuresBefore = this.counts.failed;
    let looked = 0;
    while (looked < ROUND_FILES) {
      this.pass ??= this.parts.files.byRun(-Infinity);
      const next = await this.takeNext(this.pass);
      if (!next) {
        [this.pass, this.waitingFiles, this.waiting] = [undefined, this.waiting, 0];
        return;
      }
      looked += next.length + 1;
      await this.keepRun(next, keepMs, () => this.counts.failed - failuresBefore >= FAILURES_A_ROUND);
    }
  }

  private async takeNext(pass: AsyncGenerator<string[]>): Promise<string[] | undefined> {
    try {
      const next = await pass.next();
      return next.done ? undefined : next.value;
    } catch (error) {
      this.pass = undefined;
      throw error;
    }
  }

  private async keepRun(names: readonly string[], keepMs: number, isAway: () => boolean): Promise<void> {
    const { files, uploader, clock, logger } = this.parts;
    const times = { nowMs: clock.nowMs(), keepMs, liveMs: LIVE_MS, unreportedMs: UNREPORTED_MS };
    const uploads: string[] = [];
    for (const local of await this.localFiles(names)) {
      const step = nextStep(local, times);
      if (step === 'upload') uploads.push(local.file);
      if (step !== 'let-go') continue;
      await files.remove(local.file);
      logger.debug({ file: local.file }, 'the own copy of a stored chunk file was let go');
    }
    await inTurns(uploads, AT_ONCE, async (file) => {
      if (isAway() || !(await uploader.upload(file))) this.waiting += 1;
    });
  }

  private async localFiles(names: readonly string[]): Promise<LocalFile[]> {
    const { files, index, stored } = this.parts;
    const [indexed, copies] = [await index.indexed(names), await stored.among(names)];
    const newest = names.reduce((a, b) => (numberOf(b) > numberOf(a) ? b : a), names[0] ?? '');
    const found: LocalFile[] = [];
    for (const file of names) {
      const onDisk = await files.find(file);
      const copy = copies.get(file);
      if (!onDisk) continue;
      found.push({
        file,
        ...onDisk,
        indexedBytes: indexed.get(file)?.indexedBytes,
        stored: copy && { bytes: copy.bytes, storedAtMs: copy.storedAt.getTime() },
        isNewest: file === newest,
      });
    }
    return found;
  }

  /** Copies of footage whose rows are tombstones. A file that is gone there already is as well. */
  private async removeDoomed(): Promise<void> {
    const { store, stored, logger } = this.parts;
    const doomed = await stored.doomed(SWEEP_FILES);
    if (doomed.length === 0) return;
    const gone: string[] = [];
    try {
      await inTurns(doomed, AT_ONCE, async (file) => {
        await store.remove(file);
        gone.push(file);
      });
    } catch (error) {
      logger.warn(
        { err: error, files: doomed.length },
        'deleted footage could not be removed from the storage; it will be later',
      );
    }
    await stored.forget(gone);
    if (gone.length > 0) logger.info({ files: gone.length }, 'deleted footage was removed from the storage');
  }
}

const numberOf = (file: string): number => Number(/(\d+)\.m4s$/.exec(file)?.[1] ?? -1);

/** At most `atOnce` at the same time. @throws what the first that failed threw, when all have ended */
async function inTurns<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all];
  const worker = async (): Promise<void> => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await work(one);
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
