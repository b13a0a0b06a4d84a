import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ChunkFile, ChunkStorage } from './chunk-storage';
import { DiskChunkStorage } from './disk-chunk-storage';

/** How far the last call came: not begun, half of its bytes, or done without anybody hearing of it. */
export type LastCall = 'not-begun' | 'torn' | 'done';

/** What a device loses or keeps as a whole; small, so that much can be lost. */
const SECTOR_BYTES = 64;

interface Durability {
  length: number;
  syncedLength: number;
  isNameSynced: boolean;
}

/**
 * A real folder, for tests, whose process is killed at one of its calls: that call and all later ones are never answered. What was written
 * stays, as it does in the page cache of a machine that goes on; `cutPower` takes away what was not made durable.
 */
export class KillableStorage extends ChunkStorage {
  readonly killed: Promise<void>;
  isKilled = false;
  private tellKilled: () => void = () => undefined;
  private readonly disk: DiskChunkStorage;
  private readonly opened = new Set<ChunkFile>();
  private readonly durability = new Map<string, Durability>();
  private calls = 0;

  constructor(
    private readonly mediaDirectory: string,
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
      this.durability.set(file, { length: 0, syncedLength: 0, isNameSynced: false });
      return made;
    });
    const durable = this.durability.get(file) as Durability;
    return {
      append: (chunks, byteLength) =>
        this.call(
          async () => {
            await opened.append(chunks, byteLength);
            durable.length += byteLength;
          },
          async () => {
            const half = Buffer.concat(chunks).subarray(0, byteLength / 2);
            await opened.append([half], half.length);
            durable.length += half.length;
          },
        ),
      sync: () => this.call(async () => void (durable.syncedLength = durable.length)),
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

  async syncFolder(folder: string): Promise<void> {
    await this.call(async () => {
      for (const [file, durable] of this.durability) if (file.startsWith(`${folder}/`)) durable.isNameSynced = true;
    });
  }

  /**
   * The machine loses its power: of all that was not synced, names and sectors alike, any part may be left, in any order of writing.
   * @param keeps asked once for each of them. @returns how many were lost
   */
  async cutPower(keeps: () => boolean): Promise<number> {
    let lost = 0;
    for (const [file, { length, syncedLength, isNameSynced }] of this.durability) {
      const path = join(this.mediaDirectory, file);
      if (!isNameSynced && !keeps()) {
        await rm(path);
        lost += 1;
        continue;
      }
      const handle = await open(path, 'r+');
      let end = syncedLength;
      for (let at = syncedLength; at < length; at += SECTOR_BYTES) {
        const sector = Math.min(SECTOR_BYTES, length - at);
        if (keeps()) end = at + sector;
        else {
          await handle.write(Buffer.alloc(sector), 0, sector, at);
          lost += 1;
        }
      }
      // The length is kept or lost like the rest: then what was lost reads as zeros.
      if (keeps()) end = length;
      await handle.truncate(end);
      await handle.close();
    }
    return lost;
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
