import type { Logger } from '@app/platform';
import { FlushLoop, type WriteOutcome } from '../flush-loop';
import type { RecordingRepository } from './recording-repository';
import type { RecordingRow } from './recording-rows';

const TIMES = { afterMs: 250, retryMs: 1_000 };
const BATCH_ROWS = 500;

/**
 * Writes the runs and segments of all cameras of a packager, batched, behind the cameras' backs: a slow or absent database never
 * stops a camera. Rows wait in memory, in order, at most `maxRows` of them; beyond that the oldest are given up and counted.
 */
export class RowWriter {
  private waiting: RecordingRow[] = [];
  private readonly flushes = new FlushLoop(() => this.write(), TIMES);
  private lost = 0;

  constructor(
    private readonly repository: Pick<RecordingRepository, 'write'>,
    private readonly logger: Logger,
    private readonly maxRows = 50_000,
  ) {}

  get queuedRows(): number {
    return this.waiting.length;
  }

  /** Rows given up because the database was away for too long. */
  get lostRows(): number {
    return this.lost;
  }

  put(row: RecordingRow): void {
    this.waiting.push(row);
    if (this.waiting.length > this.maxRows) {
      if (this.lost === 0) this.logger.error({ maxRows: this.maxRows }, 'the database is away for too long: rows are given up');
      this.lost += this.waiting.splice(0, this.waiting.length - this.maxRows).length;
    }
    this.flushes.wake();
  }

  /** One try to write all that waits; resolves also when the database is away. */
  flush(): Promise<void> {
    return this.flushes.flush();
  }

  /** One last try; what the database does not take now is left. */
  stop(): Promise<void> {
    return this.flushes.stop();
  }

  private async write(): Promise<WriteOutcome> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, BATCH_ROWS);
      try {
        await this.writeOrSplit(batch);
      } catch (error) {
        this.logger.warn({ err: error, rows: this.waiting.length }, 'rows of the recording cannot be written yet');
        return 'try-again';
      }
      const written = new Set(batch);
      this.waiting = this.waiting.filter((row) => !written.has(row));
    }
    return 'written';
  }

  /** A row that the database refuses for what it is must not hold up the others: it is found by halving, told and left out. */
  private async writeOrSplit(rows: readonly RecordingRow[]): Promise<void> {
    try {
      await this.repository.write(rows);
    } catch (error) {
      if (!isRefusedRow(error)) throw error;
      if (rows.length === 1) {
        this.lost += 1;
        this.logger.error(
          { err: error, cameraId: rows[0]?.cameraId, kind: rows[0]?.kind },
          'the database refuses a row of the recording',
        );
        return;
      }
      const half = Math.ceil(rows.length / 2);
      await this.writeOrSplit(rows.slice(0, half));
      await this.writeOrSplit(rows.slice(half));
    }
  }
}

/** SQLSTATE classes 22 (data) and 23 (constraint): trying again would not help. */
function isRefusedRow(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^2[23]/.test(String(error.code));
}
