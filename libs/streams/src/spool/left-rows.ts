import type { Logger } from '@app/platform';
import type { PackagerRegistry } from '../lease/packager-registry';
import type { RecordingRepository } from '../recording/recording-repository';
import type { RecordingRow } from '../recording/recording-rows';
import { writeOrSplit } from '../recording/refused-rows';
import type { LeftFile, LeftSpools } from './left-spools';

const BATCH_ROWS = 500;
/** Another packager that has just taken a camera reads the spools first; after this long nobody will. */
const WANTED_MS = 10 * 60_000;

/** Brings to the database what packagers that are gone left in their spools on this machine. */
export class LeftRows {
  constructor(
    /** Of the packager that looks: its own spool it writes itself. */
    private readonly packagerId: string,
    private readonly spools: LeftSpools,
    private readonly recording: Pick<RecordingRepository, 'write' | 'adopt' | 'missing'>,
    private readonly packagers: Pick<PackagerRegistry, 'isAlive'>,
    private readonly logger: Logger,
  ) {}

  /**
   * For the new owner of a camera, before it reads the camera's past: what earlier owners told of it. Their generation is over, so only
   * the owner of today may still write these rows.
   */
  async adopt(cameraId: string, generation: number): Promise<void> {
    const rows = await this.spools.rowsOf(cameraId, generation);
    if (rows.length === 0) return;
    const adopted = await this.recording.adopt(cameraId, generation, rows);
    this.logger.info({ cameraId, generation, rows: rows.length, adopted }, 'rows of an earlier owner were found in its spool');
  }

  /** Of packagers that are gone: rows of cameras that nobody has taken since are written as they are. */
  async round(): Promise<void> {
    for await (const file of this.spools.files(this.packagerId))
      if (!(await this.packagers.isAlive(file.owner))) await this.take(file);
  }

  private async take(file: LeftFile): Promise<void> {
    for (let at = 0; at < file.rows.length; at += BATCH_ROWS) await this.write(file.rows.slice(at, at + BATCH_ROWS));
    const missing = await this.recording.missing(file.rows);
    // A packager that cannot reach the database says nothing of itself, and goes on writing to its spool.
    if (await this.spools.hasGrown(file)) return;
    if (missing === 0) return this.spools.remove(file);
    if ((await this.spools.ageMs(file)) < WANTED_MS) return;
    await this.spools.putAside(file);
    const told = { file: file.name, rows: file.rows.length, missing };
    this.logger.error(told, 'rows in the spool of a lost packager have no place in the index any more; they are put aside');
  }

  private async write(rows: readonly RecordingRow[]): Promise<void> {
    await writeOrSplit(
      (some) => this.recording.write(some),
      rows,
      ({ cameraId, kind }, error) => this.logger.warn({ err: error, cameraId, kind }, 'a row from a spool is refused'),
    );
  }
}
