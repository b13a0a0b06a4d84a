import { WATCH } from './packaging-settings';

/**
 * Milliseconds in which a connection was listened to. It stands while what came is being taken, and while the process is held up: silence
 * measured by it is the camera's, never ours.
 */
export class ListeningClock {
  private missedMs = 0;
  private takingSinceMs: number | undefined;
  private lookedMs: number;

  constructor(private readonly monotonicMs: () => number) {
    this.lookedMs = monotonicMs();
  }

  get nowMs(): number {
    return (this.takingSinceMs ?? this.monotonicMs()) - this.missedMs;
  }

  /** Called a few times a second: a call that comes much later says that nothing could be heard since the one before. */
  look(): void {
    const nowMs = this.monotonicMs();
    const sinceMs = nowMs - this.lookedMs;
    if (this.takingSinceMs === undefined && sinceMs > WATCH.heldUpMs) this.missedMs += sinceMs - WATCH.tickMs;
    this.lookedMs = nowMs;
  }

  /** Nothing more is read until `task` is over. Not to be nested. */
  async take(task: () => Promise<void>): Promise<void> {
    this.look();
    const sinceMs = this.lookedMs;
    this.takingSinceMs = sinceMs;
    try {
      await task();
    } finally {
      this.takingSinceMs = undefined;
      this.lookedMs = this.monotonicMs();
      this.missedMs += this.lookedMs - sinceMs;
    }
  }
}
