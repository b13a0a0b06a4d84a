import { performance } from 'node:perf_hooks';

/** One timer for all the streams of a process: sixteen cameras cost as many wake-ups as one. */
export class Metronome {
  private readonly listeners = new Set<(nowMs: number) => void>();
  private timer: NodeJS.Timeout | undefined;

  /** 40 ms keep the added delay near 20 ms on average and a camera of 25 fps at one picture a beat. */
  constructor(private readonly intervalMs = 40) {}

  /** Monotonic milliseconds. */
  now(): number {
    return performance.now();
  }

  /** Calls `listener` at every beat; the answer ends it. The timer runs only while somebody listens. */
  add(listener: (nowMs: number) => void): () => void {
    this.listeners.add(listener);
    this.timer ??= setInterval(() => this.beat(), this.intervalMs);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  private beat(): void {
    const now = this.now();
    for (const listener of this.listeners) listener(now);
  }
}
