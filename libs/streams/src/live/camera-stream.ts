import { randomUUID } from 'node:crypto';
import type { FaultCode } from '@app/contracts';
import { type InitSegment, LiveWindow, type PackedPart, TICKS_PER_SECOND } from '@app/hls';
import type { Clock } from '@app/platform';
import { runFolder } from '@app/storage';
import { type Lease, LeaseNotHeld } from '../lease/lease';
import { PART_TARGET_SECONDS, WATCH, WINDOW_SECONDS } from '../packaging/packaging-settings';
import type { ChunkStorage } from '../recording/chunk-storage';
import { RunRecording } from '../recording/run-recording';
import { type RowSink, StreamRows } from '../recording/stream-rows';
import { storageFaultOf } from '../storage/storage-fault';
import type { StorageGuard } from '../storage/storage-guard';
import { GapLister } from './gap-lister';
import { inMemory, type MediaBody } from './media-body';
import type { OpenRun } from './open-run';
import { RecentBodies } from './recent-bodies';
import type { RestoredPast } from './restored-past';

/** What a stream writes to. */
export interface StreamOutlets {
  storage: ChunkStorage;
  rows: RowSink;
  clock: Clock;
  /** Told of runs that the disk ended. */
  guard: Pick<StorageGuard, 'runFailed'>;
}

/**
 * The live list of one camera and its recording, kept in step: a part is written before it is listed; a segment is durable, read back
 * and compared before it is told to the database and listed. Nothing happens without the lease. Calls must not overlap.
 */
export class CameraStream {
  readonly window: LiveWindow<MediaBody>;
  private readonly recent: RecentBodies;
  private readonly rows: StreamRows;
  private readonly gaps: GapLister;
  private readonly waiters = new Set<() => void>();
  private run: OpenRun | undefined;
  /** A run that ended while the lease had lapsed: its last segment is listed once the lease is renewed. */
  private unclosed: OpenRun | undefined;

  constructor(
    readonly lease: Lease,
    readonly targetDuration: number,
    private readonly outlets: StreamOutlets,
    past?: RestoredPast,
  ) {
    this.window = new LiveWindow<MediaBody>({
      targetDuration,
      partTarget: PART_TARGET_SECONDS,
      windowSeconds: WINDOW_SECONDS,
    });
    this.recent = new RecentBodies(this.window);
    this.rows = new StreamRows({ cameraId: lease.cameraId, generation: lease.generation }, outlets.rows);
    this.gaps = new GapLister(this.window, this.rows, targetDuration, () => this.publish());
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

  /**
   * @param startsAtMs wall clock of the first media; what is missing before it is listed as a gap
   * @param options `clockWasSet`: the list ends by another clock
   * @returns when it is listed to start: not before the end of the list, unless the clock was set back
   */
  startRun(init: InitSegment, startsAtMs: number, { clockWasSet }: { clockWasSet: boolean }): number {
    this.lease.assertHeld();
    this.closeUnclosed();
    const endsAt = this.window.endsAt;
    // An owner before may have seen the clock being set; nothing else lets a list end in the time to come.
    const setBack = clockWasSet || (endsAt ?? 0) - this.outlets.clock.nowMs() > WATCH.aheadMs;
    this.gaps.coverUntil(startsAtMs);
    const id = randomUUID();
    const listed = this.window.startRun({ runId: id, init: inMemory([init.bytes]), startsAt: startsAtMs, setBack });
    const { storage, clock } = this.outlets;
    const recording = new RunRecording(storage, runFolder(this.lease.cameraId, id), () => clock.monotonicMs());
    this.run = { id, recording, unlisted: [], sealed: undefined, isKnown: false, isCut: false };
    this.rows.runStarted(id, listed, init);
    this.publish();
    return listed.startsAt;
  }

  /** Moves the wall clock of what comes next: the run's clock is followed. Between segments; milliseconds. */
  slew(ms: number): void {
    this.window.slew(ms);
  }

  /** @throws LeaseNotHeld, or what the disk threw; then nothing was listed and the run must be ended. */
  async addPart(part: PackedPart): Promise<void> {
    const run = this.openRun();
    this.assertGoesOn(run);
    await this.write(run, part);
    this.assertGoesOn(run);
    this.listParts(run);
  }

  /**
   * @param last ends the segment and is listed together with its end, because a short part is allowed there only.
   * @throws LeaseNotHeld, or what the disk threw; then the run must be ended, which makes the segment a gap.
   */
  async closeSegment(last?: PackedPart): Promise<void> {
    const run = this.openRun();
    this.assertGoesOn(run);
    if (last) await this.write(run, last);
    run.sealed = await run.recording.seal();
    this.assertGoesOn(run);
    const durationMs = this.listSegment(run);
    await run.recording.segmentEnded(durationMs);
  }

  /**
   * The last segment was not ended by what its media say. Packed again after a loss of this process, its bytes and those after them would
   * be cut elsewhere: its row is kept safe before more is written.
   */
  storeBeforeMore(): void {
    this.openRun().isKnown = false;
  }

  /** Media time without media inside a run, in ticks. */
  addGapInRun(ticks: number, cause: FaultCode): void {
    this.lease.assertHeld();
    this.gaps.because(cause);
    this.gaps.add(ticks);
  }

  /**
   * Ends the run, also when its lease or its disk is gone. What is durable stays listed; the open segment of a run whose disk failed
   * becomes a gap, and the run's reason is what the disk did.
   */
  async endRun(reason: FaultCode, detail: string): Promise<void> {
    const run = this.run;
    if (!run) return;
    run.sealed = (await run.recording.end()) ?? run.sealed;
    this.run = undefined;
    this.unclosed = run;
    if (this.lease.state === 'held') this.closeUnclosed();
    this.gaps.begin();
    const { failure } = run.recording;
    this.gaps.because(failure ? storageFaultOf(failure) : reason);
    const now = this.outlets.clock.now();
    if (failure) {
      this.rows.runEnded(run.id, now, storageFaultOf(failure), failure.code ?? failure.message);
      this.outlets.guard.runFailed(this.lease.cameraId, failure);
    } else this.rows.runEnded(run.id, now, reason, detail);
  }

  /** The camera is away: lists what is missing up to now in whole parts. Only between runs. */
  fillGap(cause: FaultCode): void {
    if (this.run || this.lease.state !== 'held' || this.window.endsAt === undefined) return;
    this.closeUnclosed();
    this.gaps.because(cause);
    this.gaps.goOn(this.outlets.clock.nowMs());
  }

  /** All that wait look again. After new parts this is the caller's to do. */
  publish(): void {
    const waiting = [...this.waiters];
    this.waiters.clear();
    for (const listener of waiting) listener();
  }

  /** Goes on where the owner before stopped: its list, the segments it did not report any more, and a gap for the time since. */
  private takeOver(past: RestoredPast): void {
    this.window.restore(past.history);
    this.rows.unreported(past.unreported);
    this.gaps.because(past.absence);
    if (past.filesReachable) return;
    // Numbers of segments that we cannot see may have been published: shorter gaps than any of its segments use up more numbers.
    const nowMs = this.outlets.clock.nowMs();
    this.gaps.addShort(((nowMs - (this.window.endsAt ?? nowMs)) * TICKS_PER_SECOND) / 1000);
  }

  private async write(run: OpenRun, part: PackedPart): Promise<void> {
    if (!run.isKnown) {
      await this.rows.stored();
      this.assertGoesOn(run);
      run.isKnown = true;
    }
    await run.recording.append(part);
    run.unlisted.push(part);
  }

  private listParts(run: OpenRun): void {
    for (const { duration, independent, chunks } of run.unlisted)
      this.window.addPart({ duration, independent, body: inMemory(chunks) });
    run.unlisted = [];
  }

  /** @returns milliseconds */
  private listSegment(run: OpenRun): number {
    const { sealed } = run;
    if (!sealed) return 0;
    this.listParts(run);
    const listed = this.window.closeSegment(inMemory(sealed.chunks));
    this.recent.add({ mediaSequence: listed.mediaSequence, parts: sealed.parts, whole: sealed.whole });
    this.rows.segment(listed, run.id, sealed);
    run.sealed = undefined;
    return (listed.duration * 1000) / TICKS_PER_SECOND;
  }

  private closeUnclosed(): void {
    const run = this.unclosed;
    this.unclosed = undefined;
    if (!run) return;
    this.listSegment(run);
    const lost = this.window.closeAsGap();
    if (lost) this.rows.gap(lost, storageFaultOf(run.recording.failure));
    this.publish();
  }

  private assertGoesOn(run: OpenRun): void {
    run.isCut ||= this.lease.state !== 'held';
    if (run.isCut) throw new LeaseNotHeld(this.lease.cameraId);
  }

  private openRun(): OpenRun {
    if (!this.run) throw new Error('There is no run');
    return this.run;
  }
}
