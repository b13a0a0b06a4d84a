import { type ChunkFile, ChunkStorage } from './chunk-storage';

/** What one call of the disk does instead of its work. */
export type DiskFault = 'fails' | 'tears' | 'flips';

interface FakeFile {
  name: string;
  /** As a reader sees it. */
  bytes: Buffer;
  /** As it is after a power cut. */
  durable: Buffer;
  /** A failed sync lost pages: they read well, they are never written, and later syncs succeed all the same. */
  isPoisoned: boolean;
  isNameDurable: boolean;
}

/** A disk in memory, for tests: its call number `at` goes wrong, and only what was synced survives. */
export class FailingDisk extends ChunkStorage {
  readonly files = new Map<string, FakeFile>();
  /** Names of the calls, in order. */
  readonly calls: string[] = [];
  /** Calls made to a file after one of it had failed. */
  readonly retries: string[] = [];

  constructor(
    private readonly at = Infinity,
    private readonly fault: DiskFault = 'fails',
  ) {
    super();
  }

  /** What a power cut would leave of a range; undefined when not even the name would be left. */
  afterPowerCut(file: string, offset: number, length: number): Buffer | undefined {
    const found = this.files.get(file);
    return found?.isNameDurable ? found.durable.subarray(offset, offset + length) : undefined;
  }

  async openNew(file: string): Promise<ChunkFile> {
    this.call('open');
    if (this.files.has(file)) throw new Error(`EEXIST ${file}`);
    const made: FakeFile = {
      name: file,
      bytes: Buffer.alloc(0),
      durable: Buffer.alloc(0),
      isPoisoned: false,
      isNameDurable: false,
    };
    this.files.set(file, made);
    return this.opened(made);
  }

  async syncFolder(folder: string): Promise<void> {
    this.call('sync-folder');
    // The names of a file are durable from its own folder up; here the media folder is synced last or was before.
    for (const file of this.files.values()) if (file.name.startsWith(`${folder}/`)) file.isNameDurable = true;
  }

  private opened(file: FakeFile): ChunkFile {
    let hasFailed = false;
    const attempt = <T>(name: string, work: (wrong: DiskFault | undefined) => T): T => {
      if (hasFailed && name !== 'close') this.retries.push(name);
      try {
        return work(this.call(name));
      } catch (error) {
        hasFailed = true;
        if (name === 'sync') file.isPoisoned = true;
        throw error;
      }
    };
    return {
      append: async (chunks) =>
        attempt('append', (wrong) => {
          const whole = Buffer.concat(chunks);
          if (wrong === 'flips') whole.writeUInt8(whole.readUInt8(0) ^ 1, 0);
          file.bytes = Buffer.concat([file.bytes, wrong === 'tears' ? whole.subarray(0, whole.length / 2) : whole]);
          if (wrong === 'tears') throw new Error('ENOSPC');
        }),
      sync: async () =>
        attempt('sync', () => {
          if (!file.isPoisoned) file.durable = file.bytes;
        }),
      read: async (offset, into) =>
        attempt('read', (wrong) => {
          file.bytes.copy(into, 0, offset, offset + into.length);
          if (wrong === 'flips') into.writeUInt8(into.readUInt8(0) ^ 1, 0);
        }),
      close: async () => attempt('close', () => undefined),
    };
  }

  /** @returns what the call is to do wrong by itself. @throws when it fails as a whole */
  private call(name: string): DiskFault | undefined {
    this.calls.push(name);
    if (this.calls.length - 1 !== this.at) return undefined;
    if (this.fault === 'fails') throw new Error(`EIO ${name}`);
    return this.fault;
  }
}
