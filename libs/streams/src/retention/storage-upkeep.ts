import type { DiskReport } from '@app/contracts';
import type { Logger } from '@app/platform';
import type { RemoteCopies } from '../remote/remote-copies';
import type { ChunkCleaner } from './chunk-cleaner';
import type { DerivedFiles, Shed } from './derived-files';
import type { DiskState, DiskWatch } from './disk-watch';
import type { OrphanSweep } from './orphan-sweep';
import type { RetentionRepository } from './retention-repository';

export interface UpkeepParts {
  /** Machine and folder. */
  volume: string;
  disk: Pick<DiskWatch, 'look'>;
  cleaner: Pick<ChunkCleaner, 'clean' | 'early' | 'isExhausted'>;
  sweep: Pick<OrphanSweep, 'step'>;
  /** Absent: nothing of the kind lies on this disk. */
  derived?: DerivedFiles;
  copies?: RemoteCopies;
}

const NOTHING: Shed = { files: 0, bytes: 0 };

/** What a packager does for its media folder from time to time, and what it can tell of it. */
export class StorageUpkeep {
  /** Bytes of the whole recording that holds keep; undefined until they were first counted. */
  heldBytes: number | undefined;
  /** Undefined until the disk was first asked. */
  report: DiskReport | undefined;
  private sheets = { ...NOTHING };
  /** What of the cleaner's count is of before the disk became short. */
  private before = { ...NOTHING };

  constructor(
    private readonly parts: UpkeepParts,
    private readonly index: Pick<RetentionRepository, 'heldBytes'>,
    private readonly logger: Logger,
  ) {}

  /** One round: what can be made again goes before footage does. @returns how many files of footage were deleted */
  async round(): Promise<number> {
    const { disk, cleaner, sweep } = this.parts;
    const { excessBytes } = await disk.look();
    if (excessBytes === 0) this.startAnew();
    else await this.shed(excessBytes);
    const deleted = (await cleaner.clean()) + (await sweep.step());
    await this.disk();
    this.heldBytes = await this.index.heldBytes();
    return deleted;
  }

  /** Since the disk last had room: scrub sheets, and footage that went before its time. */
  get shedNow(): DiskReport['shed'] {
    const { early } = this.parts.cleaner;
    const bytes = this.sheets.bytes + early.bytes - this.before.bytes;
    return { sheets: this.sheets.files, files: early.files - this.before.files, bytes };
  }

  /** Undefined where footage is kept on the packagers' own disks only. */
  get copies(): RemoteCopies | undefined {
    return this.parts.copies;
  }

  /** Undefined when the disk cannot be asked now, which is logged. */
  async disk(): Promise<DiskState | undefined> {
    try {
      const state = await this.parts.disk.look();
      const { usedBytes, freeBytes } = state.figures;
      const level = { level: state.level, since: state.since.toISOString() };
      const isStuck = this.parts.cleaner.isExhausted && state.excessBytes > 0;
      this.report = { volume: this.parts.volume, usedBytes, freeBytes, ...level, shed: this.shedNow, isStuck };
      return state;
    } catch (error) {
      this.logger.warn({ err: error }, 'the disk of the recording cannot be asked how full it is');
      return undefined;
    }
  }

  private startAnew(): void {
    this.sheets = { ...NOTHING };
    this.before = { ...this.parts.cleaner.early };
  }

  private async shed(excessBytes: number): Promise<void> {
    const { derived } = this.parts;
    if (!derived) return;
    try {
      const { files, bytes } = await derived.shed(excessBytes);
      this.sheets = { files: this.sheets.files + files, bytes: this.sheets.bytes + bytes };
      if (files > 0) this.logger.warn({ files, bytes }, 'scrub sheets were deleted to make room; they can be made again');
    } catch (error) {
      // Room has to be made all the same.
      this.logger.warn({ err: error }, 'what can be made again cannot be deleted');
    }
  }
}
