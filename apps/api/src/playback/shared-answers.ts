/** What can be held for many. */
export interface Holdable {
  readonly byteLength: number;
  /** How long it may answer others; 0: only those who wait for it already. */
  readonly keepMs: number;
}

/** One asker's part in an answer. `value` is there when the answer is kept; `whole` rejects with what the source threw. */
export interface Share<A> {
  readonly whole: Promise<A>;
  readonly value: A | undefined;
  /** Milliseconds since `value` came. */
  readonly ageMs: number;
  /** To be called once, when the answer has been passed on or is not wanted any more. */
  release(): void;
}

/**
 * Gets an answer from its source. `signal`: nobody waits any more. `reserve` is called before that many bytes are read, and again
 * when it turns out to be another number; when it says no, the answer cannot be held.
 */
export type Source<A> = (signal: AbortSignal, reserve: (bytes: number) => boolean) => Promise<A>;

interface Entry<A> {
  whole: Promise<A>;
  readonly abort: AbortController;
  value: A | undefined;
  bytes: number;
  users: number;
  cameMs: number;
  expiresMs: number;
}

/** Of the whole bound; one body that is larger is not held. */
const LARGEST_SHARE = 1 / 4;
/** What an entry takes besides its body, about. */
const ENTRY_BYTES = 1_024;
const NEVER = new Promise<never>(() => undefined);

/**
 * One question to the source for all who ask the same at the same time, and for those who ask while the answer may be kept: what a
 * cache in front would do. The bound covers every byte that is held here: kept, on its way in, or still being sent to someone slow.
 */
export class SharedAnswers<A extends Holdable> {
  /** Oldest first. */
  private readonly entries = new Map<string, Entry<A>>();
  private held = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly nowMs: () => number,
  ) {}

  get heldBytes(): number {
    return this.held;
  }

  take(key: string, source: Source<A>): Share<A> {
    const entry = this.current(key) ?? this.begin(key, source);
    entry.users += 1;
    const { whole, value, cameMs } = entry;
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      this.release(key, entry);
    };
    return { whole, value, ageMs: value === undefined ? 0 : this.nowMs() - cameMs, release };
  }

  private current(key: string): Entry<A> | undefined {
    const entry = this.entries.get(key);
    if (!entry || this.nowMs() < entry.expiresMs) return entry;
    this.forget(key, entry);
    return undefined;
  }

  private begin(key: string, source: Source<A>): Entry<A> {
    this.forgetExpired();
    const abort = new AbortController();
    const entry: Entry<A> = { whole: NEVER, abort, value: undefined, bytes: 0, users: 0, cameMs: 0, expiresMs: Infinity };
    entry.whole = source(abort.signal, (bytes) => this.reserve(entry, bytes));
    this.entries.set(key, entry);
    entry.whole.then(
      (answer) => this.keep(key, entry, answer),
      () => {
        this.free(entry);
        this.forget(key, entry);
      },
    );
    return entry;
  }

  private keep(key: string, entry: Entry<A>, answer: A): void {
    entry.value = answer;
    entry.cameMs = this.nowMs();
    entry.expiresMs = entry.cameMs + answer.keepMs;
    if (answer.keepMs <= 0 || entry.abort.signal.aborted) this.forget(key, entry);
  }

  private release(key: string, entry: Entry<A>): void {
    entry.users -= 1;
    if (entry.users > 0) return;
    if (entry.value === undefined) {
      // Who asks from now on must not be given an answer that was broken off.
      if (this.entries.get(key) === entry) this.entries.delete(key);
      entry.abort.abort();
    } else if (this.entries.get(key) !== entry) this.free(entry);
  }

  /** Bytes that someone is still being sent stay counted. */
  private forget(key: string, entry: Entry<A>): void {
    if (this.entries.get(key) === entry) this.entries.delete(key);
    if (entry.users === 0) this.free(entry);
  }

  private forgetExpired(): void {
    const nowMs = this.nowMs();
    for (const [key, entry] of this.entries) {
      if (nowMs < entry.expiresMs) return;
      this.forget(key, entry);
    }
  }

  private reserve(entry: Entry<A>, bodyBytes: number): boolean {
    this.free(entry);
    const bytes = bodyBytes + ENTRY_BYTES;
    if (bytes > this.maxBytes * LARGEST_SHARE) return false;
    for (const [key, oldest] of this.entries) {
      if (this.held + bytes <= this.maxBytes) break;
      if (oldest.value !== undefined && oldest.users === 0) this.forget(key, oldest);
    }
    if (this.held + bytes > this.maxBytes) return false;
    entry.bytes = bytes;
    this.held += bytes;
    return true;
  }

  private free(entry: Entry<A>): void {
    this.held -= entry.bytes;
    entry.bytes = 0;
  }
}
