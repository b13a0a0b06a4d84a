import { TICKS_PER_SECOND } from '@app/hls';
import { WATCH } from './packaging-settings';

/** How fast the mapping may be moved: half a millisecond in a second, too little to be seen or to matter to a player. */
const SLEW_PPM = 500;
const BUCKET_MS = 5_000;
/** Delays come and go with the network; the least one of a minute is the clock's. */
const BUCKETS = 12;

interface Bucket {
  startedMs: number;
  leastDelayMs: number;
}

const msOf = (ticks: number): number => (ticks * 1000) / TICKS_PER_SECOND;

/**
 * Maps the media time of one run to the wall clock. The camera's clock and ours do not run alike: the mapping follows what arrives, by
 * 500 ppm at most, so that after hours it is still right while it never jumps. Wall times are epoch ms; media times 90 kHz ticks.
 */
export class RunClock {
  private readonly buckets: Bucket[] = [];
  private correctedAt: number;
  private newest: number;

  /** @param startsAtMs of media time `firstDecodeTime` */
  constructor(
    private startsAtMs: number,
    private readonly firstDecodeTime: number,
  ) {
    this.correctedAt = firstDecodeTime;
    this.newest = firstDecodeTime;
  }

  wallMs(decodeTime: number): number {
    return this.startsAtMs + msOf(decodeTime - this.firstDecodeTime);
  }

  /**
   * Media up to `mediaEnd` arrived.
   * @param monotonicMs orders the arrivals; the wall clock may be slewed itself
   */
  arrived(mediaEnd: number, wallMs: number, monotonicMs: number): void {
    this.newest = mediaEnd;
    const delayMs = wallMs - this.wallMs(mediaEnd);
    const open = this.buckets.at(-1);
    if (open && monotonicMs - open.startedMs < BUCKET_MS) open.leastDelayMs = Math.min(open.leastDelayMs, delayMs);
    else this.buckets.push({ startedMs: monotonicMs, leastDelayMs: delayMs });
    if (this.buckets.length > BUCKETS) this.buckets.shift();
  }

  /** By how much all that arrived in the last 20 s or more was late at least; undefined before it is known. Milliseconds. */
  steadyDelayMs(monotonicMs: number): number | undefined {
    const first = this.buckets.findLastIndex(({ startedMs }) => startedMs <= monotonicMs - WATCH.steadyLateMs);
    return first < 0 ? undefined : Math.min(...this.buckets.slice(first).map(({ leastDelayMs }) => leastDelayMs));
  }

  /** Moves the mapping towards what arrives. Called between segments. @returns by how much, milliseconds */
  correct(): number {
    const limitMs = (msOf(this.newest - this.correctedAt) * SLEW_PPM) / 1e6;
    this.correctedAt = this.newest;
    if (this.buckets.length < BUCKETS) return 0;
    const wantedMs = Math.min(...this.buckets.map(({ leastDelayMs }) => leastDelayMs));
    const movedMs = Math.max(-limitMs, Math.min(limitMs, wantedMs));
    this.startsAtMs += movedMs;
    for (const bucket of this.buckets) bucket.leastDelayMs -= movedMs;
    return movedMs;
  }
}
