import { type Fragment, TICKS_PER_SECOND } from './media';
import { addPiece } from './side-by-side';

/** A complete part. `chunks` are its bytes, in order. Times in 90 kHz ticks. */
export interface PackedPart {
  readonly chunks: readonly Buffer[];
  readonly byteLength: number;
  readonly decodeTime: number;
  readonly duration: number;
  readonly independent: boolean;
  /** Decode time of its first fragment as it stands in the bytes; `decodeTime` closes small gaps and overlaps. */
  readonly mediaTime: number;
  /** Byte offsets, in the part, of the fragments that begin with a key frame. */
  readonly keyFrames: readonly number[];
}

export type DiscontinuityReason = 'time-jumped' | 'time-went-back' | 'fragment-too-long';

export type PackedEvent =
  | { readonly kind: 'part'; readonly part: PackedPart }
  /** The open segment is complete (its parts came before this). `independent`: it starts at a key frame. */
  | { readonly kind: 'segment-end'; readonly decodeTime: number; readonly duration: number; readonly independent: boolean }
  /** Media time without media inside a run (at most 5 s; always after a segment-end): list gap segments for it. */
  | { readonly kind: 'gap'; readonly decodeTime: number; readonly duration: number }
  /** `fragment` was not taken: start a new run with a new Segmenter and push it there. The segment was ended before this. */
  | { readonly kind: 'discontinuity'; readonly reason: DiscontinuityReason; readonly fragment: Fragment };

const JUMP = 5 * TICKS_PER_SECOND;
/** Overlap that comes from a camera's guess of its last frame's duration. */
const OVERLAP = 0.5 * TICKS_PER_SECOND;
/** EXTINF rounded must not exceed the target duration, so the hard limit is 0.5 s above it. */
const SLACK = 0.45 * TICKS_PER_SECOND;
const FULL_PART = 0.85;
/** Audio that waits for the next picture; more than this means that the picture is gone. */
const MAX_WAITING = 100;

/**
 * Packs fragments into parts and segments. A part never exceeds the part target and is at least 85 % of it where the
 * fragments allow (the last one of a segment may be short). A segment starts at a key frame unless the distance of key
 * frames does not fit. Decides by what lies between a segment's start and now only, so packing the same fragments again
 * from there gives the same parts. Apply all events of one call before a playlist is served: a short last part is allowed
 * only together with the end of its segment.
 */
export class Segmenter {
  private readonly partTarget: number;
  private readonly targetDuration: number;
  private chunks: Buffer[] = [];
  private part:
    { decodeTime: number; duration: number; independent: boolean; mediaTime: number; keyFrames: number[] } | undefined;
  private segment: { decodeTime: number; duration: number; independent: boolean } | undefined;
  /** Since the last key frame of the open segment. */
  private sinceKeyFrame = 0;
  private lastStart = 0;
  private end: number | undefined;
  private cutBy: DiscontinuityReason | undefined;

  /** Both in seconds. */
  constructor(options: { readonly partTarget: number; readonly targetDuration: number }) {
    this.partTarget = Math.round(options.partTarget * TICKS_PER_SECOND);
    this.targetDuration = Math.round(options.targetDuration * TICKS_PER_SECOND);
  }

  push(fragment: Fragment): PackedEvent[] {
    if (fragment.duration === 0) {
      this.keepAudio(fragment);
      return [];
    }
    const events: PackedEvent[] = [];
    const reason = this.cutBy ?? this.discontinuityAt(fragment);
    if (reason) {
      this.endSegment(events);
      this.chunks = [];
      this.cutBy = reason;
      events.push({ kind: 'discontinuity', reason, fragment });
      return events;
    }
    this.take(fragment, events);
    return events;
  }

  /** Whether there is media that was not given in a part yet. */
  get inPart(): boolean {
    return this.part !== undefined;
  }

  /** Whether `cut` does no harm: what the target leaves of the open segment fits into the next one, which ends at a key frame again. */
  get mayCut(): boolean {
    return this.segment !== undefined && this.segment.duration >= this.targetDuration - SLACK;
  }

  /** Closes the open part and segment where they are, and packing goes on. The same fragments packed again are not cut there. */
  cut(): PackedEvent[] {
    const events: PackedEvent[] = [];
    this.endSegment(events);
    return events;
  }

  /** End of the run: closes the open part and segment. */
  finish(): PackedEvent[] {
    const events = this.cut();
    this.chunks = [];
    return events;
  }

  private keepAudio(fragment: Fragment): void {
    if (!this.part && this.chunks.length >= MAX_WAITING) this.chunks.shift();
    this.chunks.push(fragment.bytes);
  }

  private discontinuityAt({ decodeTime }: Fragment): DiscontinuityReason | undefined {
    if (this.end === undefined) return undefined;
    if (decodeTime < this.lastStart || this.end - decodeTime > OVERLAP) return 'time-went-back';
    return decodeTime - this.end > JUMP ? 'time-jumped' : undefined;
  }

  private take(fragment: Fragment, events: PackedEvent[]): void {
    const { decodeTime } = fragment;
    const mediaEnd = decodeTime + fragment.duration;
    let start = this.end ?? decodeTime;
    // Some missing frames lengthen the fragment after them; more than a part can hold is listed as a gap.
    if (mediaEnd - start > this.partTarget && decodeTime > start) {
      this.endSegment(events);
      events.push({ kind: 'gap', decodeTime: start, duration: decodeTime - start });
      start = decodeTime;
    }
    const whole = Math.max(mediaEnd - start, 0);
    const duration = Math.min(whole, this.partTarget);
    this.place(fragment, start, duration, events);
    this.lastStart = decodeTime;
    this.end = start + whole;
    if (whole > duration) this.listRest(start + duration, whole - duration, fragment.duration, events);
  }

  /** Frames stopped within the fragment: its last frame claims to last until they came back. */
  private listRest(decodeTime: number, duration: number, claimed: number, events: PackedEvent[]): void {
    this.endSegment(events);
    if (claimed > JUMP) this.cutBy = 'fragment-too-long';
    else events.push({ kind: 'gap', decodeTime, duration });
  }

  private place(fragment: Fragment, start: number, duration: number, events: PackedEvent[]): void {
    if (this.cutsBefore(fragment, duration)) this.endSegment(events);
    if (this.part && this.part.duration + duration > this.partTarget) this.endPart(events);
    const { independent } = fragment;
    this.segment ??= { decodeTime: start, duration: 0, independent };
    this.part ??= { decodeTime: start, duration: 0, independent, mediaTime: fragment.decodeTime, keyFrames: [] };
    if (independent) this.part.keyFrames.push(lengthOf(this.chunks));
    this.sinceKeyFrame = independent ? duration : this.sinceKeyFrame + duration;
    addPiece(this.chunks, fragment.bytes);
    this.part.duration += duration;
    this.segment.duration += duration;
    // Another one like this would not fit, and the part is full enough: do not wait for it.
    const full = this.part.duration >= FULL_PART * this.partTarget && this.part.duration + duration > this.partTarget;
    if (full) this.endPart(events);
  }

  private cutsBefore(fragment: Fragment, duration: number): boolean {
    if (!this.segment) return false;
    const { duration: current } = this.segment;
    const limit = this.targetDuration + SLACK;
    if (current + duration > limit) return true;
    return fragment.independent && (current >= 0.75 * this.targetDuration || current + this.sinceKeyFrame > limit);
  }

  private endPart(events: PackedEvent[]): void {
    if (!this.part) return;
    events.push({ kind: 'part', part: { ...this.part, chunks: this.chunks, byteLength: lengthOf(this.chunks) } });
    this.part = undefined;
    this.chunks = [];
  }

  private endSegment(events: PackedEvent[]): void {
    this.endPart(events);
    if (!this.segment) return;
    events.push({ kind: 'segment-end', ...this.segment });
    this.segment = undefined;
    this.sinceKeyFrame = 0;
  }
}

const lengthOf = (chunks: readonly Buffer[]): number => chunks.reduce((sum, { length }) => sum + length, 0);

/** Seconds between key frames above which segments of 2 s cannot start at each of them. */
const LONG_DISTANCE = 2.45 * TICKS_PER_SECOND;

/**
 * The target duration (seconds) for a camera, from its first fragments: 4 when two key frames are more than 2.45 s apart,
 * else 2. Undefined while the fragments do not tell yet.
 */
export const chooseTargetDuration = (fragments: readonly Fragment[]): 2 | 4 | undefined => {
  const timed = fragments.filter(({ duration }) => duration > 0);
  const first = timed.findIndex(({ independent }) => independent);
  const start = timed[first];
  if (!start) return undefined;
  const next = timed.find(({ independent }, index) => independent && index > first);
  const last = timed[timed.length - 1] ?? start;
  const distance = (next ? next.decodeTime : last.decodeTime + last.duration) - start.decodeTime;
  if (distance > LONG_DISTANCE) return 4;
  return next ? 2 : undefined;
};
