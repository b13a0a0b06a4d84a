import type { Clock, Logger } from '@app/platform';
import { WINDOW_SECONDS } from '../packaging/packaging-settings';
import { type Chunk, chooseDeletions, type Deletion, type DeletionCause } from './choose-deletions';
import type { DiskWatch } from './disk-watch';
import type { MediaFiles } from './media-files';
import type { ChunkStart, IndexedChunk, RetentionRepository } from './retention-repository';

/** The window, and as long again for viewers who still have an older list. */
export const LIVE_MS = 2 * WINDOW_SECONDS * 1000;
/** Bytes that the index does not know of are waited for this long: their rows may wait for the database. */
export const UNREPORTED_MS = 24 * 3_600_000;
/** What was passed over, held or on another machine, is looked at again this often. */
const FROM_START_MS = 10 * 60_000;
/** And this often where the disk is short and nothing else is left: a release has to make room soon. */
const EXHAUSTED_MS = 60_000;
const PAGE_FILES = 200;
/** Of one walk in one round: the next round goes on from there. */
const ROUND_PAGES = 50;

type Index = Pick<RetentionRepository, 'oldest' | 'chunks' | 'bury'>;

/**
 * Deletes footage that is past its retention, and, while the disk is short, the oldest; never what is held. Goes by the index, oldest
 * first, and touches only files of its own media folder and of the remote storage: a machine cannot say of another one's files that they
 * are gone.
 */
export class ChunkCleaner {
  private readonly reached = new Map<DeletionCause, ChunkStart>();
  private walkedMs = -Infinity;
  private exhaustedMs: number | undefined;
  /** What went before its time since this packager started. */
  readonly early = { files: 0, bytes: 0 };
  /** All that is past its retention was seen; elections that keep longer make looking dear, and ten minutes do not matter. */
  private isExpiredSeen = false;

  constructor(
    private readonly files: MediaFiles,
    private readonly index: Index,
    private readonly disk: Pick<DiskWatch, 'look'>,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** All there is was seen, and nothing of it may go: it is held, being watched, or on another machine. */
  get isExhausted(): boolean {
    return this.exhaustedMs !== undefined;
  }

  /** @returns how many files were deleted. @throws when the database cannot tell what is held: then nothing more is deleted. */
  async clean(): Promise<number> {
    this.walkAgain();
    const expired = this.isExpiredSeen ? 0 : await this.walk('past-retention', () => 0);
    const { excessBytes } = await this.disk.look();
    const early = excessBytes > 0 ? await this.walk('disk-short', (freed) => excessBytes - freed) : 0;
    this.early.files += early;
    return expired + early;
  }

  /** Of these files those that may go for their age. @returns how many were deleted */
  async cleanExpired(files: readonly string[]): Promise<number> {
    return (await this.consider(files, 0)).length;
  }

  private walkAgain(): void {
    const nowMs = this.clock.monotonicMs();
    if (this.exhaustedMs !== undefined && nowMs - this.exhaustedMs >= EXHAUSTED_MS) this.seeShortAgain();
    if (nowMs - this.walkedMs < FROM_START_MS) return;
    this.walkedMs = nowMs;
    this.seeShortAgain();
    this.reached.clear();
    this.isExpiredSeen = false;
  }

  private seeShortAgain(): void {
    this.exhaustedMs = undefined;
    this.reached.delete('disk-short');
  }

  private async walk(cause: DeletionCause, excessAfter: (freed: number) => number): Promise<number> {
    const before = new Date(cause === 'past-retention' ? this.clock.nowMs() : this.clock.nowMs() - LIVE_MS);
    let [deleted, freed] = [0, 0];
    for (let page = 0; page < ROUND_PAGES; page += 1) {
      const starts = await this.index.oldest(cause, { before, after: this.reached.get(cause), limit: PAGE_FILES });
      const gone = await this.consider(
        starts.map(({ file }) => file),
        excessAfter(freed),
      );
      deleted += gone.length;
      const bytes = gone.reduce((sum, deletion) => sum + deletion.bytes, 0);
      freed += bytes;
      if (cause === 'disk-short') this.early.bytes += bytes;
      // There is room: what this page still has comes first the next time.
      if (cause === 'disk-short' && excessAfter(freed) <= 0) break;
      const last = starts.at(-1);
      if (last) this.reached.set(cause, last);
      if (starts.length === PAGE_FILES) continue;
      if (cause === 'past-retention') this.isExpiredSeen = true;
      else this.exhaustedMs ??= this.clock.monotonicMs();
      break;
    }
    return deleted;
  }

  private async consider(files: readonly string[], excessBytes: number): Promise<Deletion[]> {
    if (files.length === 0) return [];
    const now = this.clock.now();
    const chunks: Chunk[] = [];
    const copied = new Set<string>();
    for (const chunk of await this.index.chunks(files, now)) {
      const found = await this.asStored(chunk, excessBytes);
      if (!found) continue;
      chunks.push(found);
      if (chunk.storedBytes === found.bytes) copied.add(chunk.file);
    }
    const chosen = chooseDeletions(chunks, { nowMs: now.getTime(), excessBytes, liveMs: LIVE_MS });
    // What is stored elsewhere as well is not deleted because this disk is short: only the copy here goes.
    const isCopy = ({ cause, file }: Deletion): boolean => cause === 'disk-short' && copied.has(file);
    const copies = chosen.filter(isCopy);
    for (const { file } of copies) await this.files.remove(file);
    return [...copies, ...(await this.delete(chosen.filter((deletion) => !isCopy(deletion))))];
  }

  /** Undefined: neither here nor in the remote storage, or still being written, as far as can be told. */
  private async asStored(chunk: IndexedChunk, excessBytes: number): Promise<Chunk | undefined> {
    const found = await this.files.find(chunk.file);
    // What is stored elsewhere only makes no room here, and is everybody's to delete when its time is over.
    if (!found) return chunk.storedBytes !== null && excessBytes === 0 ? { ...chunk, bytes: 0 } : undefined;
    const quietMs = this.clock.nowMs() - found.modifiedMs;
    if (quietMs < (found.bytes > chunk.indexedBytes ? UNREPORTED_MS : LIVE_MS)) return undefined;
    return { ...chunk, bytes: found.bytes };
  }

  private async delete(chosen: readonly Deletion[]): Promise<Deletion[]> {
    if (chosen.length === 0) return [];
    // The rows first: a row must never point to a file that is gone. What is left between the two is found by the sweep.
    const files = chosen.map(({ file }) => file);
    const buried = new Set(await this.index.bury(files, this.clock.now()));
    const gone = chosen.filter(({ file }) => buried.has(file));
    for (const { file } of gone) {
      try {
        await this.files.remove(file);
      } catch (error) {
        this.logger.error({ err: error, file }, 'a media file cannot be deleted; its rows are tombstones already');
      }
    }
    const early = gone.filter(({ cause }) => cause === 'disk-short').length;
    const bytes = gone.reduce((sum, deletion) => sum + deletion.bytes, 0);
    if (gone.length > 0) this.logger.info({ files: gone.length, early, bytes }, 'footage deleted');
    return gone;
  }
}
