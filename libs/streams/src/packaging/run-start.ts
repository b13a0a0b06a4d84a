import { type Fragment, TICKS_PER_SECOND } from '@app/hls';

const HOLD_MS = 400;
const MAX_FRAGMENTS = 200;

/**
 * Finds the wall clock of a run's first media from when its first fragments arrived. A fragment is complete once its last frame was
 * taken, so its arrival minus its end is no earlier than the truth; cameras and servers that send buffered media first make the
 * earliest of these the best. Fragments are held until the clock is known: a burst has passed by then.
 */
export class RunStart {
  private readonly held: Fragment[] = [];
  private firstArrivalMs: number | undefined;
  private earliestStartMs = Infinity;

  get fragments(): readonly Fragment[] {
    return this.held;
  }

  /** Epoch milliseconds of decode time `fragments[0].decodeTime`. */
  get startsAtMs(): number {
    return this.earliestStartMs;
  }

  /** @returns whether the start is known now. */
  add(fragment: Fragment, arrivalMs: number): boolean {
    this.firstArrivalMs ??= arrivalMs;
    this.held.push(fragment);
    const first = this.held[0] ?? fragment;
    const mediaMs = ((fragment.decodeTime + fragment.duration - first.decodeTime) * 1000) / TICKS_PER_SECOND;
    // A jump of the camera's clock among the very first fragments says nothing about the start.
    if (mediaMs >= 0 && mediaMs < 30_000) this.earliestStartMs = Math.min(this.earliestStartMs, arrivalMs - mediaMs);
    return arrivalMs - this.firstArrivalMs >= HOLD_MS || this.held.length >= MAX_FRAGMENTS;
  }
}
