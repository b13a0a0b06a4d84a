import type { MediaFormat, MediaSample, MediaSource } from './media';
import type { MediaLoop } from './media-loop';
import type { Metronome } from './metronome';

/** After a stop longer than this (a suspended machine) the clock of the media stands still instead of a burst. */
const LONGEST_LAG_MS = 5000;

/** Repeats a loop in real time for ever; the times of the samples go on evenly over the seam. */
export class LoopSource implements MediaSource {
  readonly format: MediaFormat;
  private readonly listeners = new Set<(samples: MediaSample[]) => void>();
  private originMs: number;
  private round = 0;
  private index = 0;
  private stopBeats: (() => void) | undefined;

  /** `phaseMs`: where in the loop it starts, so that the key frames of many cameras do not all come at once. */
  constructor(
    private readonly loop: MediaLoop,
    private readonly metronome: Metronome,
    phaseMs = 0,
  ) {
    this.format = loop.format;
    this.originMs = metronome.now() - phaseMs;
  }

  subscribe(listener: (samples: MediaSample[]) => void): () => void {
    if (!this.stopBeats) {
      this.seek(this.metronome.now() - this.originMs);
      this.stopBeats = this.metronome.add((now) => this.beat(now));
    }
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.stopBeats?.();
      this.stopBeats = undefined;
    };
  }

  private seek(mediaMs: number): void {
    this.round = Math.floor(mediaMs / this.loop.durationMs);
    const within = mediaMs - this.round * this.loop.durationMs;
    const index = this.loop.samples.findIndex((sample) => sample.timeMs >= within);
    this.index = index === -1 ? this.loop.samples.length : index;
  }

  private beat(now: number): void {
    const due = this.take(now);
    if (due.length === 0) return;
    for (const listener of this.listeners) listener(due);
  }

  private take(now: number): MediaSample[] {
    const due: MediaSample[] = [];
    for (;;) {
      if (this.index >= this.loop.samples.length) {
        this.index = 0;
        this.round += 1;
      }
      const sample = this.loop.samples[this.index];
      if (!sample) return due;
      const timeMs = this.round * this.loop.durationMs + sample.timeMs;
      const lag = now - this.originMs - timeMs;
      if (lag < 0) return due;
      if (due.length === 0 && lag > LONGEST_LAG_MS) this.originMs = now - timeMs;
      due.push({ ...sample, timeMs });
      this.index += 1;
    }
  }
}
