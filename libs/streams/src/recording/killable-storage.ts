import { type ChunkFile, ChunkStorage } from './chunk-storage';
import { DiskChunkStorage } from './disk-chunk-storage';

/** How far the last call came: not begun, half of its bytes, or done without anybody hearing of it. */
export type LastCall = 'not-begun' | 'torn' | 'done';

/**
 * A real folder, for tests, whose process is killed at one of its calls: that call and all later ones are never answered. What was written
 * stays, as it does in the page cache of a machine that goes on; making it durable is left out.
 */
export class KillableStorage extends ChunkStorage {
  readonly killed: Promise<void>;
  isKilled = false;
  private tellKilled: () => void = () => undefined;
  private readonly disk: DiskChunkStorage;
  private readonly opened = new Set<ChunkFile>();
  private calls = 0;

  constructor(
    mediaDirectory: string,
    private readonly at = Infinity,
    private readonly lastCall: LastCall = 'done',
  ) {
    super();
    this.disk = new DiskChunkStorage(mediaDirectory);
    this.killed = new Promise((resolve) => (this.tellKilled = resolve));
  }

  async openNew(file: string): Promise<ChunkFile> {
    const opened = await this.call(async () => {
      const made = await this.disk.openNew(file);
      this.opened.add(made);
      return made;
    });
    return {
      append: (chunks, byteLength) =>
        this.call(
          () => opened.append(chunks, byteLength),
          async () => {
            const half = Buffer.concat(chunks).subarray(0, byteLength / 2);
            await opened.append([half], half.length);
          },
        ),
      sync: () => this.call(async () => undefined),
      read: (...range) => this.call(() => opened.read(...range)),
      close: () =>
        this.call(async () => {
          this.opened.delete(opened);
          await opened.close();
        }),
    };
  }

  /** What the kernel does with the files of a process that is gone. */
  async letGo(): Promise<void> {
    for (const file of this.opened) await file.close();
    this.opened.clear();
  }

  async syncFolder(): Promise<void> {
    await this.call(async () => undefined);
  }

  private async call<T>(work: () => Promise<T>, half: () => Promise<void> = async () => undefined): Promise<T> {
    if (this.isKilled) return await new Promise<never>(() => undefined);
    if (this.calls++ < this.at) return await work();
    this.isKilled = true;
    if (this.lastCall === 'done') await work();
    if (this.lastCall === 'torn') await half();
    this.tellKilled();
    return await new Promise<never>(() => undefined);
  }
}
