import type { FlagEntry } from './outbox';

/** Where flags rest on this device. `update` reads and writes in one go, so that two tabs cannot undo each other. */
export interface FlagStore {
  all(): Promise<FlagEntry[]>;
  put(entry: FlagEntry): Promise<void>;
  update(key: string, change: (entry: FlagEntry) => FlagEntry): Promise<FlagEntry | null>;
  remove(key: string): Promise<void>;
}

const DATABASE = 'pollglass';
const STORE = 'flags';

/** Flags in IndexedDB: they outlive a reload, a crash of the browser and a day without network. */
export class IndexedFlagStore implements FlagStore {
  private opening: Promise<IDBDatabase> | null = null;

  async all(): Promise<FlagEntry[]> {
    const transaction = await this.begin('readonly');
    return resultOf(transaction.objectStore(STORE).getAll() as IDBRequest<FlagEntry[]>);
  }

  async put(entry: FlagEntry): Promise<void> {
    const transaction = await this.begin('readwrite');
    transaction.objectStore(STORE).put(entry);
    await committed(transaction);
  }

  async update(key: string, change: (entry: FlagEntry) => FlagEntry): Promise<FlagEntry | null> {
    const transaction = await this.begin('readwrite');
    const store = transaction.objectStore(STORE);
    const current = await resultOf(store.get(key) as IDBRequest<FlagEntry | undefined>);
    if (current === undefined) return null;
    const next = change(current);
    store.put(next);
    await committed(transaction);
    return next;
  }

  async remove(key: string): Promise<void> {
    const transaction = await this.begin('readwrite');
    transaction.objectStore(STORE).delete(key);
    await committed(transaction);
  }

  private async begin(mode: IDBTransactionMode): Promise<IDBTransaction> {
    this.opening ??= open();
    try {
      const database = await this.opening;
      // Strict: "saved here" is said only once it is on the disk.
      return database.transaction(STORE, mode, { durability: mode === 'readwrite' ? 'strict' : 'default' });
    } catch (error) {
      this.opening = null;
      throw error;
    }
  }
}

const open = (): Promise<IDBDatabase> => {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'key' });
  return resultOf(request);
};

const resultOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused.'));
  });

const committed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB refused.'));
  });
