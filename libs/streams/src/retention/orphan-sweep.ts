import type { Clock, Logger } from '@app/platform';
import { type ChunkCleaner, LIVE_MS, UNREPORTED_MS } from './chunk-cleaner';
import type { MediaFiles } from './media-files';
import type { RetentionRepository } from './retention-repository';

/** Between two passes over the folder. */
const PASS_MS = 3_600_000;
/** Names looked at in one step. */
const STEP_FILES = 10_000;
const BATCH_FILES = 500;

/**
 * Goes slowly over the names in the media folder for what the index does not lead to. A file without any row is deleted when two
 * passes found it so and nobody has written to it for a day: rows may wait for a database that was away.
 */
export class OrphanSweep {
  private pass: AsyncGenerator<string[]> | undefined;
  private startedMs = -Infinity;
  private suspected = new Set<string>();
  private suspects = new Set<string>();

  constructor(
    private readonly files: MediaFiles,
    private readonly index: Pick<RetentionRepository, 'unlisted' | 'chunks'>,
    private readonly cleaner: Pick<ChunkCleaner, 'cleanExpired'>,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Some of a pass; begins one when it is time. @returns how many files were deleted */
  async step(): Promise<number> {
    if (!this.pass && !this.begin()) return 0;
    let [deleted, looked] = [0, 0];
    try {
      while (looked < STEP_FILES) {
        const next = await this.pass?.next();
        if (!next || next.done) {
          this.pass = undefined;
          return deleted;
        }
        looked += next.value.length + 1;
        for (let start = 0; start < next.value.length; start += BATCH_FILES)
          deleted += await this.look(next.value.slice(start, start + BATCH_FILES));
      }
    } catch (error) {
      // What was not looked at is looked at by the next pass.
      this.pass = undefined;
      throw error;
    }
    return deleted;
  }

  private begin(): boolean {
    const nowMs = this.clock.monotonicMs();
    if (nowMs - this.startedMs < PASS_MS) return false;
    this.startedMs = nowMs;
    this.suspected = this.suspects;
    this.suspects = new Set();
    this.pass = this.files.byRun(this.clock.nowMs() - LIVE_MS);
    return true;
  }

  private async look(names: readonly string[]): Promise<number> {
    const unlisted = await this.index.unlisted(names);
    if (unlisted.length === 0) return 0;
    const indexed = new Set((await this.index.chunks(unlisted, this.clock.now())).map(({ file }) => file));
    let deleted = await this.cleaner.cleanExpired([...indexed]);
    for (const file of unlisted) if (!indexed.has(file) && (await this.isOrphan(file))) deleted += 1;
    return deleted;
  }

  private async isOrphan(file: string): Promise<boolean> {
    const found = await this.files.find(file);
    if (!found || this.clock.nowMs() - found.modifiedMs < UNREPORTED_MS) return false;
    this.suspects.add(file);
    if (!this.suspected.has(file)) return false;
    await this.files.remove(file);
    this.suspects.delete(file);
    this.logger.warn({ file, bytes: found.bytes }, 'a media file that no row tells of was deleted');
    return true;
  }
}
