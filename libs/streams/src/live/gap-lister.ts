import type { FaultCode } from '@app/contracts';
import { type LiveWindow, TICKS_PER_SECOND } from '@app/hls';
import { PART_TARGET_SECONDS, WATCH } from '../packaging/packaging-settings';
import type { StreamRows } from '../recording/stream-rows';
import type { MediaBody } from './media-body';

const PART_TICKS = PART_TARGET_SECONDS * TICKS_PER_SECOND;

/** Half a part: media that comes back at once begins behind it. */
const FIRST_TICKS = PART_TICKS / 2;

/** Nobody misses less than a frame or two. */
const LEAST_GAP_MS = 50;

/** Lists time without media, so that the list goes on: what is long over at once, what goes on part by part. */
export class GapLister {
  private parts = 0;
  /** Segments of the gap that goes on. */
  private segments = 0;
  private cause: FaultCode = 'connection-lost';
  private readonly segmentTicks: number;

  constructor(
    private readonly window: LiveWindow<MediaBody>,
    private readonly rows: StreamRows,
    targetDuration: number,
    private readonly changed: () => void,
  ) {
    this.segmentTicks = targetDuration * TICKS_PER_SECOND;
  }

  /** The cause of gaps from now on. */
  because(cause: FaultCode): void {
    this.cause = cause;
  }

  /** Media was there: the next gap that goes on is another one. */
  begin(): void {
    this.segments = 0;
  }

  /** In whole segments. */
  add(ticks: number): void {
    const segments = this.window.addGap(ticks);
    for (const segment of segments) this.rows.gap(segment, this.cause);
    this.segments += segments.length;
    this.changed();
  }

  /** Segments of a second: uses up more numbers than any list of the same time. */
  addShort(ticks: number): void {
    for (let left = ticks; left >= TICKS_PER_SECOND; left -= TICKS_PER_SECOND)
      this.rows.gap(this.window.addGapSegment(TICKS_PER_SECOND), this.cause);
  }

  /**
   * The camera is away. A list shows a new segment at least every 1.5 target durations (rfc8216bis 6.2.1), and whoever has all parts of
   * the last segment and asks for more is answered with the first of the gap: that one is listed sooner than those after it.
   */
  goOn(nowMs: number): void {
    this.listUntil(nowMs - WATCH.gapBehindMs);
    if (this.segments > 0 || this.parts > 0 || nowMs - (this.window.endsAt ?? nowMs) < WATCH.firstGapMs) return;
    this.addPart(FIRST_TICKS);
    this.close();
    this.changed();
  }

  listUntil(untilMs: number): void {
    const endsAt = this.window.endsAt ?? untilMs;
    let missing = Math.round(((untilMs - endsAt) * TICKS_PER_SECOND) / 1000);
    // An absence from before this owner is closed in whole segments at once; one that goes on grows by parts.
    if (this.parts === 0 && missing >= 2 * this.segmentTicks) {
      const whole = missing - (missing % this.segmentTicks);
      this.add(whole);
      missing -= whole;
    }
    for (; missing >= PART_TICKS; missing -= PART_TICKS) {
      this.addPart(PART_TICKS);
      if (this.parts * PART_TICKS >= this.openSegmentTicks) this.close();
      this.changed();
    }
  }

  /** Up to where media begins: what is left of a whole part is listed too, as the end of the gap. */
  coverUntil(untilMs: number): void {
    this.listUntil(untilMs);
    const left = untilMs - (this.window.endsAt ?? untilMs);
    if (left >= LEAST_GAP_MS) this.addPart(Math.round((left * TICKS_PER_SECOND) / 1000));
    this.close();
  }

  private addPart(ticks: number): void {
    this.window.addGapPart(ticks);
    this.parts += 1;
  }

  private close(): void {
    if (this.parts === 0) return;
    this.parts = 0;
    this.segments += 1;
    this.rows.gap(this.window.closeSegment(), this.cause);
  }

  /** Half as long at first: what follows the first part is listed further behind now. */
  private get openSegmentTicks(): number {
    return this.segments < 2 ? this.segmentTicks / 2 : this.segmentTicks;
  }
}
