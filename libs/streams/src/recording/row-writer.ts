import type { Logger } from '@app/platform';
import { FlushLoop, type WriteOutcome } from '../flush-loop';
import type { RowSpool } from '../spool/row-spool';
import type { RecordingRepository } from './recording-repository';
import type { RecordingRow } from './recording-rows';
import { writeOrSplit } from './refused-rows';

const TIMES = { afterMs: 250, retryMs: 1_000 };
const BATCH_ROWS = 500;
/** A row that the database has not taken by then goes to the spool. */
const SPILL_AFTER_MS = 1_000;
const STORED_WITHIN_MS = 2_000;

interface WaitingRow {
  row: RecordingRow;
  putMs: number;
}

/**
 * Writes the runs and segments of all cameras of a packager, batched, behind the cameras' backs: a slow or absent database never
 * stops a camera. Rows that it does not take wait in the spool on disk, and are written in order before newer ones. Only while the spool
 * takes nothing either do they wait in memory, at most `maxRows` of them; beyond that the oldest are given up and counted.
 */
export class RowWriter {
  private waiting: WaitingRow[] = [];
  private readonly flushes = new FlushLoop(() => this.write(), TIMES);
  private readonly watch: NodeJS.Timeout;
  private spilling: Promise<void> | undefined;
  private lost = 0;
  private refused: Date | undefined;

  constructor(
    private readonly repository: Pick<RecordingRepository, 'write'>,
    private readonly spool: RowSpool,
    private readonly logger: Logger,
    private readonly maxRows = 50_000,
  ) {
    // A database that hangs says nothing for a long time.
    this.watch = setInterval(() => {
      if (performance.now() - (this.waiting[0]?.putMs ?? Infinity) > SPILL_AFTER_MS) void this.spill();
    }, SPILL_AFTER_MS / 2).unref();
  }

  get queuedRows(): number {
    return this.waiting.length + this.spool.rows;
  }

  get spooledRows(): number {
    return this.spool.rows;
  }

  /** Since when the database takes no rows. Undefined: it takes them. */
  get refusedSince(): Date | undefined {
    return this.refused;
  }

  /** Rows given up because neither the database nor the spool took them for too long, or that the spool did not give back. */
  get lostRows(): number {
    return this.lost + this.spool.unreadableRows;
  }

  put(row: RecordingRow): void {
    this.waiting.push({ row, putMs: performance.now() });
    if (this.waiting.length > this.maxRows) {
      if (this.lost === 0) this.logger.error({ maxRows: this.maxRows }, 'neither database nor spool: rows are given up');
      this.lost += this.waiting.splice(0, this.waiting.length - this.maxRows).length;
    }
    this.flushes.wake();
  }

  /** One try to write all that waits; resolves also when the database is away. */
  flush(): Promise<void> {
    return this.flushes.flush();
  }

  /** Resolves once all that was put before is in the database or in the spool; after two seconds in any case. */
  async stored(): Promise<void> {
    if (this.waiting.length === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STORED_WITHIN_MS);
    });
    await Promise.race([this.flush(), tooLate]);
    clearTimeout(timer);
  }

  /** One last try; what the database does not take now stays in the spool for another packager of this machine. */
  async stop(): Promise<void> {
    clearInterval(this.watch);
    await this.flushes.stop();
    await this.spill();
  }

  private async write(): Promise<WriteOutcome> {
    try {
      while (await this.writeOldest()) this.refused = undefined;
      return 'written';
    } catch (error) {
      this.refused ??= new Date();
      this.logger.warn({ err: error, rows: this.queuedRows }, 'rows of the recording cannot be written yet');
      await this.spill();
      return 'try-again';
    }
  }

  /** @returns false when nothing was left */
  private async writeOldest(): Promise<boolean> {
    const spooled = await this.spooled();
    if (spooled) {
      for (let at = 0; at < spooled.length; at += BATCH_ROWS) await this.writeRows(spooled.slice(at, at + BATCH_ROWS));
      await this.spool.took();
      return true;
    }
    const batch = this.waiting.slice(0, BATCH_ROWS);
    if (batch.length === 0) return false;
    await this.writeRows(batch.map(({ row }) => row));
    this.forget(batch);
    return true;
  }

  private async spooled(): Promise<RecordingRow[] | undefined> {
    try {
      return await this.spool.oldest();
    } catch (error) {
      // The file stays for another packager, or a person, to read; those behind it must not wait for it.
      this.logger.error({ err: error }, 'a file of the spool cannot be read');
      this.spool.leaveOldest();
      return [];
    }
  }

  private async writeRows(rows: readonly RecordingRow[]): Promise<void> {
    await writeOrSplit(
      (some) => this.repository.write(some),
      rows,
      ({ cameraId, kind }, error) => {
        this.lost += 1;
        this.logger.error({ err: error, cameraId, kind }, 'the database refuses a row of the recording');
      },
    );
  }

  private spill(): Promise<void> {
    this.spilling ??= this.spillAll().finally(() => (this.spilling = undefined));
    return this.spilling;
  }

  private async spillAll(): Promise<void> {
    const rows = [...this.waiting];
    if (rows.length === 0) return;
    try {
      await this.spool.append(rows.map(({ row }) => row));
      this.forget(rows);
    } catch (error) {
      this.logger.error({ err: error, rows: rows.length }, 'rows cannot be spooled: they wait in memory');
    }
  }

  private forget(rows: readonly WaitingRow[]): void {
    const gone = new Set(rows);
    this.waiting = this.waiting.filter((waiting) => !gone.has(waiting));
  }
}
