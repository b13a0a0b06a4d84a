const LOOK_MS = 1000;

/** What lies in an outbox, for a page to show: the newest first, looked at once a second, each entry worked on once at a time. */
export class Shelf<E extends { key: string }> {
  private entries: readonly E[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly busy = new Set<string>();
  private timer: ReturnType<typeof setInterval> | null = null;

  /** @param ageOf larger for newer entries */
  constructor(private readonly ageOf: (entry: E) => number) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getSnapshot = (): readonly E[] => this.entries;

  find(key: string): E | undefined {
    return this.entries.find((entry) => entry.key === key);
  }

  show(entry: E): void {
    const others = this.entries.filter(({ key }) => key !== entry.key);
    this.entries = [...others, entry].sort((a, b) => this.ageOf(b) - this.ageOf(a));
    this.tell();
  }

  forget(key: string): void {
    this.entries = this.entries.filter((entry) => entry.key !== key);
    this.tell();
  }

  tell(): void {
    for (const listener of this.listeners) listener();
  }

  startLooking(look: () => void): void {
    this.timer ??= setInterval(look, LOOK_MS);
  }

  stopLooking(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  /** Nothing happens while the entry is being worked on. */
  async workOn(key: string, work: () => Promise<void>): Promise<void> {
    if (this.busy.has(key)) return;
    this.busy.add(key);
    try {
      await work();
    } finally {
      this.busy.delete(key);
    }
  }
}
