import type { Logger } from '@app/platform';
import type { ChunkStore, StoredChunks } from '@app/storage';
import type { MediaFiles } from '../retention/media-files';
import { checkFile } from './checked-file';
import type { UploadRepository } from './upload-repository';

export interface UploadCounts {
  uploaded: number;
  /** Tries that ended because the storage, the disk or the database could not be reached. */
  failed: number;
  /** Copies that were not what was sent, or own files that are not what was recorded: somebody has to look. */
  mismatched: number;
}

/**
 * Copies closed chunk files to the remote storage. Only a copy that was verified there is put on record, and only that lets the own one
 * go: whatever ends a copy in between, the next round makes it again, under the same name with the same bytes.
 */
export class ChunkUploader {
  readonly counts: UploadCounts = { uploaded: 0, failed: 0, mismatched: 0 };

  constructor(
    private readonly files: MediaFiles,
    private readonly store: ChunkStore,
    private readonly stored: StoredChunks,
    private readonly index: Pick<UploadRepository, 'segmentsOf'>,
    private readonly logger: Logger,
  ) {}

  /** Never throws: what could not be copied is told, and stays to be copied. @returns whether a verified copy is on record */
  async upload(file: string): Promise<boolean> {
    try {
      return await this.copy(file);
    } catch (error) {
      this.counts.failed += 1;
      this.logger.warn({ err: error, file }, 'a chunk file could not be copied to the storage; the own copy stays');
      return false;
    }
  }

  private async copy(file: string): Promise<boolean> {
    const path = this.files.pathOf(file);
    const checked = await checkFile(path, await this.index.segmentsOf(file));
    if (checked.kind === 'altered') {
      this.counts.mismatched += 1;
      this.logger.error(
        { file, offset: checked.offset },
        'a chunk file is not what was recorded: it is not copied to the storage',
      );
      return false;
    }
    const { facts } = checked;
    await this.store.put(file, path, facts);
    if (!(await this.store.verify(file, facts))) {
      this.counts.mismatched += 1;
      this.logger.error({ file }, 'the storage does not hold what was sent: the own copy stays, and is sent again');
      return false;
    }
    if (await this.stored.record(file, facts)) {
      this.counts.uploaded += 1;
      return true;
    }
    // Its footage was deleted meanwhile.
    await this.store.remove(file);
    return false;
  }
}
