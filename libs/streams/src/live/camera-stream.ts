import { randomUUID } from 'node:crypto';
import type { FaultCode } from '@app/contracts';
import { type History, type InitSegment, type ListedSegment, LiveWindow, type PackedPart, TICKS_PER_SECOND } from '@app/hls';
import type { Clock } from '@app/platform';
import type { Lease } from '../lease/lease';
import { PART_TARGET_SECONDS, WATCH, WINDOW_SECONDS } from '../packaging/packaging-settings';
import { ChunkWriter, type FileRange } from '../recording/chunk-writer';
import type { RecordingRow, SegmentRow } from '../recording/recording-rows';
import { inMemory, type MediaBody } from './media-body';
import { RecentBodies } from './recent-bodies';

/** Takes rows for the database; never blocks, never fails. */
export interface RowSink {
  put(row: RecordingRow): void;
}

/** What the owner before left behind. */
export interface RestoredPast {
  history: History<MediaBody>;
  /** Segments of the history that the database does not know yet. */
  unreported: readonly SegmentRow[];
  filesReachable: boolean;
}

interface OpenRun {
  id: string;
  writer: ChunkWriter;
  /** Parts of the open segment, as they are on disk. */
  parts: FileRange[];
  chunks: Buffer[];
}

const PART_TICKS = PART_TARGET_SECONDS * TICKS_PER_SECOND;
const ticksOf = (ms: number): number => Math.round((ms * TICKS_PER_SECOND) / 1000);
const msOf = (ticks: number): number => (ticks * 1000) / TICKS_PER_SECOND;

/**
 * The live list of one camera and its recording, kept in step: a part is on disk before it is listed, a segment is told to the
 * database when it is complete. Nothing happens without the lease. Calls must not overlap.
 */
export class CameraStream {
  readonly window: LiveWindow<MediaBody>;
  private readonly recent: RecentBodies;
  private readonly waiters = new Set<() => void>();
  private run: OpenRun | undefined;
  /** A run that ended while the lease had lapsed: its last segment is closed once the lease is renewed. */
  private unclosed: OpenRun | undefined;
  private gapParts = 0;
  private firstGapSegment = true;
  private gapCause: FaultCode = 'connection-lost';

  constructor(
    readonly lease: Lease,
    readonly targetDuration: number,
    private readonly mediaDirectory: string,
    private readonly rows: RowSink,
    private readonly clock: Clock,
    past?: RestoredPast,
  ) {
    this.window = new LiveWindow<MediaBody>({
      targetDuration,
      partTarget: PART_TARGET_SECONDS,
      windowSeconds: WINDOW_SECONDS,
    });
    this.recent = new RecentBodies(this.window);
    if (past) this.takeOver(past);
  }

  get inRun(): boolean {
    return this.run !== undefined;
  }

  /** Called once, at the next change of the list. @returns how to stop waiting. */
  onChange(listener: () => void): () => void {
    this.waiters.add(listener);
    return () => this.waiters.delete(listener);
  }

  /** @param startsAtMs wall clock of the first media; what is missing before it is listed as a gap. */
  startRun(init: InitSegment, startsAtMs: number): void {
    this.lease.assertHeld();
    this.closeUnclosed();
    const endsAt = this.window.endsAt;
    if (endsAt !== undefined && startsAtMs - endsAt >= 1000 * PART_TARGET_SECONDS) this.listGapUntil(startsAtMs);
    this.closeGap();
    const id = randomUUID();
    const listed = this.window.startRun({ runId: id, init: inMemory([init.bytes]), startsAt: startsAtMs });
    const folder = `${this.lease.cameraId}/${id}`;
    this.run = { id, writer: new ChunkWriter(this.mediaDirectory, folder), parts: [], chunks: [] };
    this.rows.put({
      kind: 'run-start',
      ...this.owner,
      id,
      discontinuitySequence: listed.discontinuitySequence,
      startedAt: new Date(listed.startsAt),
      init: init.bytes.toString('base64'),
      codecs: init.codecs,
      width: init.video?.width ?? 0,
      height: init.video?.height ?? 0,
    });
    this.changed();
  }

  /** @throws LeaseNotHeld, or what the disk threw; then nothing was listed and the run must be ended. */
  async addPart(part: PackedPart): Promise<void> {
    const run = this.openRun();
    this.lease.assertHeld();
    const range = await run.writer.append(part.chunks, part.byteLength);
    this.lease.assertHeld();
    this.window.addPart({ duration: part.duration, independent: part.independent, body: inMemory(part.chunks) });
    run.parts.push(range);
    run.chunks.push(...part.chunks);
  }

  async closeSegment(): Promise<void> {
    const run = this.openRun();
    this.lease.assertHeld();
    const durationMs = this.closeOpenSegment(run);
    await run.writer.segmentEnded(durationMs);
  }

  /** Media time without media inside a run, in ticks. */
  addGapInRun(ticks: number, cause: FaultCode): void {
    this.lease.assertHeld();
    this.gapCause = cause;
    for (const segment of this.window.addGap(ticks)) this.tellGap(segment);
    this.changed();
  }

  /** Ends the run, also when its lease or its disk is gone: what was listed stays listed. */
  async endRun(reason: FaultCode, detail: string): Promise<void> {
    const run = this.run;
    if (!run) return;
    this.run = undefined;
    this.unclosed = run;
    if (this.lease.state === 'held') this.closeUnclosed();
    this.firstGapSegment = true;
    this.rows.put({ kind: 'run-end', ...this.owner, id: run.id, endedAt: this.clock.now(), reason, detail });
    await run.writer.close();
  }

  /** The camera is away: lists what is missing up to now in whole parts. Only between runs. */
  fillGap(cause: FaultCode): void {
    if (this.run || this.lease.state !== 'held' || this.window.endsAt === undefined) return;
    this.closeUnclosed();
    this.gapCause = cause;
    // A little behind, so that media that comes back finds its place in time free.
    this.listGapUntil(this.clock.nowMs() - WATCH.gapBehindMs);
  }

  /**
   * All that wait look again. After new parts this is the caller's to do: a part that ends a segment is shown together with the end,
   * because a short part is allowed there only.
   */
  publish(): void {
    this.changed();
  }

  /** Goes on where the owner before stopped: its list, the segments it did not report any more, and a gap for the time since. */
  private takeOver(past: RestoredPast): void {
    this.window.restore(past.history);
    for (const row of past.unreported) this.rows.put({ ...row, ...this.owner });
    this.gapCause = 'packager-lost';
    const endsAt = this.window.endsAt ?? this.clock.nowMs();
    const missing = ticksOf(this.clock.nowMs() - endsAt);
    if (past.filesReachable) return;
    // Numbers of segments that we cannot see may have been published: shorter gaps than any of its segments use up more numbers.
    for (let left = missing; left >= TICKS_PER_SECOND; left -= TICKS_PER_SECOND)
      this.tellGap(this.window.addGapSegment(TICKS_PER_SECOND));
  }

  private listGapUntil(untilMs: number): void {
    const endsAt = this.window.endsAt ?? untilMs;
    let missing = ticksOf(untilMs - endsAt);
    // An absence from before this owner is closed in whole segments at once; one that goes on grows by parts.
    if (this.gapParts === 0 && missing >= 2 * this.segmentTicks) {
      const whole = missing - (missing % this.segmentTicks);
      for (const segment of this.window.addGap(whole)) this.tellGap(segment);
      missing -= whole;
      this.changed();
    }
    for (; missing >= PART_TICKS; missing -= PART_TICKS) {
      this.window.addGapPart(PART_TICKS);
      this.gapParts += 1;
      if (this.gapParts * PART_TICKS >= this.gapSegmentTicks) this.closeGap();
      this.changed();
    }
  }

  private closeUnclosed(): void {
    const run = this.unclosed;
    this.unclosed = undefined;
    if (!run || run.parts.length === 0) return;
    this.closeOpenSegment(run);
    this.changed();
  }

  /** Half as long first: gaps begin behind now, and a list shows a new segment at least every 1.5 target durations (rfc8216bis 6.2.1). */
  private get gapSegmentTicks(): number {
    return this.firstGapSegment ? this.segmentTicks / 2 : this.segmentTicks;
  }

  private closeGap(): void {
    if (this.gapParts === 0) return;
    this.gapParts = 0;
    this.firstGapSegment = false;
    this.tellGap(this.window.closeSegment());
  }

  private closeOpenSegment(run: OpenRun): number {
    const first = run.parts[0];
    if (!first) return 0;
    const whole = { ...first, length: run.parts.reduce((sum, part) => sum + part.length, 0) };
    const listed = this.window.closeSegment(inMemory(run.chunks));
    this.recent.add({ mediaSequence: listed.mediaSequence, parts: run.parts, whole });
    this.tellSegment(listed, {
      runId: run.id,
      gapCause: null,
      file: whole.file,
      byteOffset: whole.offset,
      byteLength: whole.length,
    });
    run.parts = [];
    run.chunks = [];
    return msOf(listed.duration);
  }

  private tellGap(segment: ListedSegment): void {
    this.tellSegment(segment, { runId: null, gapCause: this.gapCause, file: null, byteOffset: null, byteLength: null });
  }

  private tellSegment(
    segment: ListedSegment,
    where: {
      runId: string | null;
      gapCause: FaultCode | null;
      file: string | null;
      byteOffset: number | null;
      byteLength: number | null;
    },
  ): void {
    this.rows.put({
      kind: 'segment',
      ...this.owner,
      mediaSequence: segment.mediaSequence,
      discontinuitySequence: segment.discontinuitySequence,
      startsAt: new Date(Math.round(segment.startsAt)),
      durationTicks: segment.duration,
      independent: segment.independent,
      ...where,
    });
  }

  private changed(): void {
    const waiting = [...this.waiters];
    this.waiters.clear();
    for (const listener of waiting) listener();
  }

  private openRun(): OpenRun {
    if (!this.run) throw new Error('There is no run');
    return this.run;
  }

  private get owner(): { cameraId: string; generation: number } {
    return { cameraId: this.lease.cameraId, generation: this.lease.generation };
  }

  private get segmentTicks(): number {
    return this.targetDuration * TICKS_PER_SECOND;
  }
}
