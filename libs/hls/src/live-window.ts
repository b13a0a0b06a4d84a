import { type Directives, type Position, positionAnswer } from './directives';
import {
  asGap,
  bodyOrGap,
  type Found,
  listed,
  type History,
  type ListedSegment,
  type LiveWindowOptions,
  type RunStart,
  type WindowPart,
  type WindowSegment,
} from './live-window-types';
import { TICKS_PER_SECOND } from './media';
import { type PlaylistAnswer, PlaylistWriter } from './playlist-writer';
import { restoredSegments } from './restore';
import { Shelf } from './shelf';

const ms = (ticks: number): number => ticks / 90;

/**
 * The live list of one camera, over all its runs. Media sequence and discontinuity sequence only go up; what was listed
 * once keeps its URI, duration and bytes until it may be forgotten. Pure: the caller owns clocks, bytes and waiting.
 * `Body` is whatever the caller serves from (bytes, or a place in a file).
 */
export class LiveWindow<Body> {
  private readonly target: number;
  private readonly partTarget: number;
  private readonly shelf: Shelf<Body>;
  private readonly writer: PlaylistWriter<Body>;
  private open: WindowSegment<Body> | undefined;
  private pendingRun: RunStart<Body> | undefined;
  private mapRunId: string | undefined;
  private next: number;
  private discontinuity: number;
  private listEnd = 0;
  private wallEnd: number | undefined;
  private changes = 0;

  constructor(options: LiveWindowOptions) {
    this.target = options.targetDuration * TICKS_PER_SECOND;
    this.partTarget = Math.round(options.partTarget * TICKS_PER_SECOND);
    const window = Math.max((options.windowSeconds ?? 600) * TICKS_PER_SECOND, 3 * this.target);
    this.shelf = new Shelf(window, this.target);
    this.writer = new PlaylistWriter(options.targetDuration, options.partTarget);
    this.next = options.firstMediaSequence ?? 0;
    this.discontinuity = options.firstDiscontinuitySequence ?? 0;
    this.wallEnd = options.startsAt;
  }

  /** Goes up with each change that a playlist shows. */
  get version(): number {
    return this.changes;
  }

  /** Number of the segment that the next part belongs to. */
  get nextMediaSequence(): number {
    return this.next;
  }

  /** Index of the next part in that segment. */
  get nextPartIndex(): number {
    return this.open?.parts?.length ?? 0;
  }

  get discontinuitySequence(): number {
    return this.discontinuity;
  }

  /** Wall clock (epoch ms) at the end of the list, open segment included; undefined while nothing is known. */
  get endsAt(): number | undefined {
    return this.wallEnd;
  }

  /** The run that parts now belong to; undefined before the first. */
  get currentRunId(): string | undefined {
    return this.pendingRun?.runId ?? this.mapRunId;
  }

  /**
   * Lists what an earlier owner listed, trimmed. Parts found after the last row continue its run: `addPart` follows without
   * `startRun`. @throws RangeError for rows with holes, unknown runs or a window in use
   */
  restore(history: History<Body>): void {
    if (this.changes > 0) throw new RangeError('only an empty window can be restored');
    const segments = restoredSegments(history);
    const last = segments.at(-1);
    if (!last) return;
    for (const { runId, init } of history.runs) this.shelf.keepInit(runId, init);
    for (const segment of segments) this.shelf.add(segment);
    this.next = last.mediaSequence + 1;
    this.discontinuity = last.discontinuitySequence;
    this.mapRunId = last.mapRunId;
    this.listEnd = last.start + last.duration;
    this.wallEnd = last.startsAt + ms(last.duration);
    // Media that was listed but never written down shortens the list: trim more, so that its head never moves back.
    this.shelf.trim(this.listEnd, 4 * this.target);
    this.changes++;
  }

  /** The open segment must have been closed. A new MAP, and a DISCONTINUITY unless nothing was listed before. */
  startRun(run: RunStart<Body>): { readonly discontinuitySequence: number; readonly startsAt: number } {
    if (this.open) throw new RangeError('a run starts while a segment is open');
    this.shelf.keepInit(run.runId, run.init);
    this.pendingRun = run;
    return { discontinuitySequence: this.discontinuity + this.pendingDiscontinuities(), startsAt: this.runStartsAt(run) };
  }

  /** Moves the wall clock of what comes next, by so little that it is within what clocks differ. Milliseconds. */
  slew(by: number): void {
    if (this.open) throw new RangeError('the clock of an open segment stays');
    if (this.wallEnd !== undefined) this.wallEnd += by;
  }

  /** Duration in ticks. */
  addPart(part: { readonly duration: number; readonly independent: boolean; readonly body: Body }): Position {
    return this.append('media', part);
  }

  /** Absent media of at most a part target (ticks); opens a gap segment if none is open. */
  addGapPart(duration: number): Position {
    return this.append('gap', { duration, independent: false, body: undefined });
  }

  /** Completes the open segment. `body` is what seg/<msn>.m4s is served from; a gap has none. */
  closeSegment(body?: Body): ListedSegment {
    const segment = this.open;
    if (!segment) throw new RangeError('no segment is open');
    if (segment.kind === 'media' && body === undefined) throw new RangeError('a segment of media needs a body');
    segment.body = body;
    this.open = undefined;
    this.next++;
    this.shelf.add(segment);
    this.shelf.trim(this.listEnd);
    this.changes++;
    return listed(segment);
  }

  /** Completes the open segment as a gap: its media was listed in parts and is lost. Undefined when no segment is open. */
  closeAsGap(): ListedSegment | undefined {
    if (!this.open) return undefined;
    this.open = asGap(this.open);
    return this.closeSegment();
  }

  /** One whole gap segment (ticks, at most the target duration), in parts. */
  addGapSegment(duration: number): ListedSegment {
    for (const part of split(duration, this.partTarget)) this.addGapPart(part);
    return this.closeSegment();
  }

  /** Whole gap segments for a long absence (ticks). */
  addGap(duration: number): ListedSegment[] {
    return split(duration, this.target).map((segment) => this.addGapSegment(segment));
  }

  init(runId: string): Body | undefined {
    return this.shelf.init(runId);
  }

  segment(mediaSequence: number): Found<Body> {
    const segment = this.shelf.find(mediaSequence);
    if (segment) return bodyOrGap(segment.body);
    return mediaSequence === this.next ? { kind: 'next' } : { kind: 'unknown' };
  }

  part(mediaSequence: number, index: number): Found<Body> {
    const open = mediaSequence === this.next;
    const parts = open ? (this.open?.parts ?? []) : this.shelf.find(mediaSequence)?.parts;
    const part = parts?.[index];
    if (part) return bodyOrGap(part.body);
    return open && index === this.nextPartIndex ? { kind: 'next' } : { kind: 'unknown' };
  }

  /** Exchanges bodies for cheaper references (memory -> disk). Nothing listed changes. */
  replaceBodies(
    mediaSequence: number,
    bodies: { readonly segment?: Body; readonly part?: (body: Body, index: number) => Body },
  ): void {
    const segment = mediaSequence === this.next ? this.open : this.shelf.find(mediaSequence);
    if (!segment) return;
    if (segment.body !== undefined) segment.body = bodies.segment ?? segment.body;
    segment.parts?.forEach((part, index) => {
      if (part.body !== undefined && bodies.part) part.body = bodies.part(part.body, index);
    });
  }

  /** Complete segments now listed, oldest first. */
  segments(): ListedSegment[] {
    return this.shelf.listed().map(listed);
  }

  playlist(directives: Directives = {}): PlaylistAnswer {
    const answer = positionAnswer(directives, {
      last: this.next - 1,
      lastParts: this.shelf.last()?.parts?.length,
      openParts: this.nextPartIndex,
      partTarget: this.partTarget,
    });
    if (answer.kind === 'invalid') return answer;
    if (this.shelf.listed().length === 0 || answer.kind === 'wait') return { kind: 'wait' };
    return this.writer.write(
      { segments: this.shelf.listed(), open: this.open, nextMediaSequence: this.next, end: this.listEnd, version: this.changes },
      directives.skip === true,
      directives.mediaSequence,
    );
  }

  private append(kind: 'media' | 'gap', part: WindowPart<Body>): Position {
    const segment = (this.open ??= this.openSegment(kind));
    if (segment.kind !== kind) throw new RangeError(`a ${kind} part in a segment of kind ${segment.kind}`);
    if (part.duration > this.partTarget) throw new RangeError(`a part of ${part.duration} ticks, ${this.partTarget} are allowed`);
    const parts = (segment.parts ??= []);
    parts.push({ duration: part.duration, independent: part.independent, body: part.body });
    if (parts.length === 1) segment.independent = part.independent;
    segment.duration += part.duration;
    this.listEnd += part.duration;
    this.wallEnd = (this.wallEnd ?? segment.startsAt) + ms(part.duration);
    this.changes++;
    return { mediaSequence: segment.mediaSequence, index: parts.length - 1 };
  }

  private openSegment(kind: 'media' | 'gap'): WindowSegment<Body> {
    const run = kind === 'media' ? this.pendingRun : undefined;
    const discontinuities = run ? this.pendingDiscontinuities() : 0;
    if (run) {
      this.discontinuity += discontinuities;
      this.wallEnd = this.runStartsAt(run);
      this.mapRunId = run.runId;
      this.pendingRun = undefined;
    }
    if (kind === 'media' && this.mapRunId === undefined) throw new RangeError('media before any run');
    if (this.wallEnd === undefined) throw new RangeError('a gap before any time is known');
    return {
      kind,
      mediaSequence: this.next,
      discontinuitySequence: this.discontinuity,
      discontinuities,
      runId: kind === 'media' ? this.mapRunId : undefined,
      mapRunId: this.mapRunId,
      startsAt: this.wallEnd,
      start: this.listEnd,
      duration: 0,
      independent: false,
      body: undefined,
      parts: [],
    };
  }

  private pendingDiscontinuities(): number {
    return this.listEnd > 0 ? 1 : 0;
  }

  private runStartsAt(run: RunStart<Body>): number {
    return run.setBack ? run.startsAt : Math.max(run.startsAt, this.wallEnd ?? run.startsAt);
  }
}

/** Pieces of `limit`, the last one shorter. */
const split = (duration: number, limit: number): number[] => {
  const pieces: number[] = [];
  for (let rest = Math.round(duration); rest > 0; rest -= limit) pieces.push(Math.min(rest, limit));
  return pieces;
};
