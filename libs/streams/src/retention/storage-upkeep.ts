import type { Logger } from '@app/platform';
import type { RemoteCopies } from '../remote/remote-copies';
import type { ChunkCleaner } from './chunk-cleaner';
import type { DiskState, DiskWatch } from './disk-watch';
import type { OrphanSweep } from './orphan-sweep';
import type { RetentionRepository } from './retention-repository';

/** What a packager does for its media folder from time to time, and what it can tell of it. */
export class StorageUpkeep {
  /** Bytes of the whole recording that holds keep; undefined until they were first counted. */
  heldBytes: number | undefined;

  constructor(
    private readonly parts: { disk: DiskWatch; cleaner: ChunkCleaner; sweep: OrphanSweep; copies?: RemoteCopies },
    private readonly index: Pick<RetentionRepository, 'heldBytes'>,
    private readonly logger: Logger,
  ) {}

  /** One round. @returns how many files were deleted */
  async round(): Promise<number> {
    const deleted = (await this.parts.cleaner.clean()) + (await this.parts.sweep.step());
    this.heldBytes = await this.index.heldBytes();
    return deleted;
  }

  /** Undefined where footage is kept on the packagers' own disks only. */
  get copies(): RemoteCopies | undefined {
    return this.parts.copies;
  }

  /** Undefined when the disk cannot be asked now, which is logged. */
  async disk(): Promise<DiskState | undefined> {
    try {
      return await this.parts.disk.look();
    } catch (error) {
      this.logger.warn({ err: error }, 'the disk of the recording cannot be asked how full it is');
      return undefined;
    }
  }
}
