/** Where things rest on this device. `update` reads and writes in one go, so that two tabs cannot undo each other. */
export interface KeptStore<E extends { key: string }> {
  all(): Promise<E[]>;
  put(entry: E): Promise<void>;
  update(key: string, change: (entry: E) => E): Promise<E | null>;
  remove(key: string): Promise<void>;
}

const STORE = 'entries';

/** In IndexedDB: it outlives a reload, a crash of the browser and a day without network. */
export class IndexedStore<E extends { key: string }> implements KeptStore<E> {
  private opening: Promise<IDBDatabase> | null = null;

  /** One database for each kind of thing: none waits for another one's upgrade. */
  constructor(
    private readonly database: string,
    private readonly store = STORE,
  ) {}

  async all(): Promise<E[]> {
    const transaction = await this.begin('readonly');
    return resultOf(transaction.objectStore(this.store).getAll() as IDBRequest<E[]>);
  }

  async put(entry: E): Promise<void> {
    const transaction = await this.begin('readwrite');
    transaction.objectStore(this.store).put(entry);
    await committed(transaction);
  }

  async update(key: string, change: (entry: E) => E): Promise<E | null> {
    const transaction = await this.begin('readwrite');
    const store = transaction.objectStore(this.store);
    const current = await resultOf(store.get(key) as IDBRequest<E | undefined>);
    if (current === undefined) return null;
    const next = change(current);
    store.put(next);
    await committed(transaction);
    return next;
  }

  async remove(key: string): Promise<void> {
    const transaction = await this.begin('readwrite');
    transaction.objectStore(this.store).delete(key);
    await committed(transaction);
  }

  private async begin(mode: IDBTransactionMode): Promise<IDBTransaction> {
    this.opening ??= this.open();
    try {
      const database = await this.opening;
      // Strict: "saved here" is said only once it is on the disk.
      return database.transaction(this.store, mode, { durability: mode === 'readwrite' ? 'strict' : 'default' });
    } catch (error) {
      this.opening = null;
      throw error;
    }
  }

  private open(): Promise<IDBDatabase> {
    const request = indexedDB.open(this.database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(this.store, { keyPath: 'key' });
    return resultOf(request);
  }
}

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
