import { type ChunkFile, ChunkStorage } from '../recording/chunk-storage';
import type { RecordingVolume } from './recording-volume';
import { RecordingRefused } from './storage-fault';
import type { StorageGuard } from './storage-guard';

/** A disk that takes nothing while there is no room or its volume is not mounted, and tells the guard what fails. */
export class GuardedStorage extends ChunkStorage {
  constructor(
    private readonly disk: ChunkStorage,
    private readonly guard: Pick<StorageGuard, 'refusal' | 'sawError'>,
    private readonly volume: Pick<RecordingVolume, 'isThere'>,
  ) {
    super();
  }

  async openNew(file: string): Promise<ChunkFile> {
    this.assertAllowed();
    // Looked at here, not only once a second: a folder made below a bare mount point would hide what is mounted there later.
    if (!(await this.volume.isThere())) throw new RecordingRefused('volume-missing');
    const opened = await this.told(this.disk.openNew(file));
    return {
      append: (chunks, byteLength) => {
        this.assertAllowed();
        return this.told(opened.append(chunks, byteLength));
      },
      sync: () => this.told(opened.sync()),
      read: (...range) => opened.read(...range),
      close: () => opened.close(),
    };
  }

  async syncFolder(folder: string): Promise<void> {
    await this.told(this.disk.syncFolder(folder));
  }

  private assertAllowed(): void {
    const { refusal } = this.guard;
    if (refusal) throw new RecordingRefused(refusal);
  }

  private async told<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      this.guard.sawError(error);
      throw error;
    }
  }
}
