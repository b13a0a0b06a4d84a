import type { FaultCode } from '@app/contracts';
import {
  chooseTargetDuration,
  type Fragment,
  type InitSegment,
  type MediaPiece,
  type PackedEvent,
  type PackedPart,
  Segmenter,
} from '@app/hls';
import { TICKS_PER_SECOND } from '@app/hls';
import type { Clock } from '@app/platform';
import { LeaseNotHeld } from '../lease/lease';
import type { CameraStream } from '../live/camera-stream';
import { storageFaultOf } from '../storage/storage-fault';
import { ClockWatch } from './clock-watch';
import { PackagingFault } from './packaging-fault';
import { PART_TARGET_SECONDS, WATCH } from './packaging-settings';
import { RunClock } from './run-clock';
import { RunStart } from './run-start';

/** More broken clocks than this in a minute, and the connection is not worth keeping. */
const MAX_JUMPS_A_MINUTE = 3;

/** What an intake tells and asks. */
export interface IntakeOwner {
  /** The camera's list; made at its very first media, when the distance of its key frames is known. */
  stream(measured: 2 | 4 | undefined): Promise<CameraStream | undefined>;
  /** A run was begun anew inside the connection. */
  onRestart(fault: FaultCode): void;
  /** A part was listed. */
  onListed(): void;
  onFragment(fragment: Fragment): void;
}

interface Run {
  stream: CameraStream;
  segmenter: Segmenter;
  clock: RunClock;
}

/**
 * Turns the fragments of one connection into runs, segments and parts of a camera's list. A new moov, a jump of the media clock or of the
 * system's, media that stay behind, or a silence begins a new run. Calls must not overlap.
 */
export class MediaIntake {
  private init: InitSegment | undefined;
  private starting = new RunStart();
  private run: Run | undefined;
  private jumps: number[] = [];
  private readonly clockWatch: ClockWatch;
  private clockWasSet = false;

  constructor(
    private readonly owner: IntakeOwner,
    private readonly clock: Clock,
  ) {
    this.clockWatch = new ClockWatch(clock);
  }

  get initSegment(): InitSegment | undefined {
    return this.init;
  }

  get inRun(): boolean {
    return this.run !== undefined;
  }

  /**
   * Whether the open segment is nearly as long as it should be, and whether all of it is listed: whoever has that asks for a part beyond,
   * which is answered with one of the next segment only (rfc8216bis 6.2.5.2), so ending the segment alone would tell nobody anything.
   */
  get openSegment(): 'waits' | 'may-end' | 'may-end-all-listed' {
    const segmenter = this.run?.segmenter;
    if (!segmenter?.mayCut) return 'waits';
    return segmenter.inPart ? 'may-end' : 'may-end-all-listed';
  }

  /** @throws PackagingFault, LeaseNotHeld */
  async take(piece: MediaPiece): Promise<void> {
    const stepMs = this.clockWatch.step();
    if (stepMs !== 0) await this.clockSet(stepMs);
    if (piece.kind === 'init') await this.takeInit(piece);
    else {
      this.owner.onFragment(piece);
      if (this.run) await this.list(this.run, piece);
      else await this.hold(piece);
    }
  }

  /** Ends the open segment where it is, for what is left of it does not come in time. @throws PackagingFault, LeaseNotHeld */
  async endSegment(): Promise<void> {
    const { run } = this;
    if (!run?.segmenter.mayCut) return;
    await this.apply(run, run.segmenter.cut(), 'connection-lost');
    run.stream.storeBeforeMore();
  }

  /** Ends the open run; the next fragment begins another. */
  async endRun(reason: FaultCode, detail: string): Promise<void> {
    const run = this.run;
    this.run = undefined;
    this.starting = new RunStart();
    if (!run) return;
    try {
      await this.apply(run, run.segmenter.finish(), reason);
    } catch (error) {
      // The run ends for the reason given; that its last part could not be kept any more is part of it.
      if (!(error instanceof LeaseNotHeld || error instanceof PackagingFault)) throw error;
    } finally {
      await run.stream.endRun(reason, detail);
    }
  }

  private async takeInit(init: InitSegment): Promise<void> {
    if (!init.video) throw new PackagingFault('no-video', 'The media has no video track.');
    if (this.init) {
      await this.endRun('format-changed', 'A new description of the media arrived.');
      this.owner.onRestart('format-changed');
    }
    this.init = init;
  }

  private async hold(fragment: Fragment): Promise<void> {
    const init = this.init;
    if (!init) return;
    if (this.starting.fragments.length === 0 && !fragment.independent) return;
    if (jumpsFrom(this.starting.fragments.at(-1), fragment)) this.starting = new RunStart();
    if (!this.starting.add(fragment, this.clock.nowMs())) return;
    const { fragments, startsAtMs } = this.starting;
    const stream = await this.owner.stream(chooseTargetDuration(fragments));
    if (!stream) return;
    const firstDecodeTime = fragments[0]?.decodeTime ?? 0;
    const listedAtMs = stream.startRun(init, startsAtMs, { clockWasSet: this.clockWasSet });
    this.clockWasSet = false;
    const segmenter = new Segmenter({ partTarget: PART_TARGET_SECONDS, targetDuration: stream.targetDuration });
    this.run = { stream, segmenter, clock: new RunClock(listedAtMs, firstDecodeTime) };
    this.starting = new RunStart();
    for (const held of fragments) if (this.run) await this.list(this.run, held);
  }

  private async list(run: Run, fragment: Fragment): Promise<void> {
    await this.apply(run, run.segmenter.push(fragment), 'connection-lost');
    if (this.run !== run) return;
    const [mediaEnd, nowMs, monotonicMs] = [
      fragment.decodeTime + fragment.duration,
      this.clock.nowMs(),
      this.clock.monotonicMs(),
    ];
    run.clock.arrived(mediaEnd, nowMs, monotonicMs);
    const aheadMs = run.clock.wallMs(mediaEnd) - nowMs;
    if (aheadMs > WATCH.aheadMs) return this.jumped(`The media runs ${Math.round(aheadMs / 1000)} s ahead of its clock.`);
    const behindMs = run.clock.steadyDelayMs(monotonicMs) ?? 0;
    if (behindMs > WATCH.lateMs)
      await this.begunAnew('late', `The media stays ${(behindMs / 1000).toFixed(1)} s behind its clock.`);
  }

  private async apply(run: Run, events: readonly PackedEvent[], gapCause: FaultCode): Promise<void> {
    let last: PackedPart | undefined;
    for (const [index, event] of events.entries()) {
      switch (event.kind) {
        case 'part':
          if (events[index + 1]?.kind === 'segment-end') last = event.part;
          else await this.write(() => run.stream.addPart(event.part));
          if (!last) this.owner.onListed();
          break;
        case 'segment-end':
          await this.closeSegment(run, last);
          last = undefined;
          break;
        case 'gap':
          run.stream.addGapInRun(event.duration, gapCause);
          break;
        case 'discontinuity':
          await this.jumped(`The camera's clock: ${event.reason}.`);
          await this.hold(event.fragment);
          return;
      }
    }
    if (events.length > 0) run.stream.publish();
  }

  private async closeSegment(run: Run, last: PackedPart | undefined): Promise<void> {
    await this.write(() => run.stream.closeSegment(last));
    run.stream.slew(run.clock.correct());
    if (last) this.owner.onListed();
  }

  private async write(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (error instanceof LeaseNotHeld) throw error;
      const { code, message } = error as NodeJS.ErrnoException;
      throw new PackagingFault(storageFaultOf(error), code ?? message, { cause: error });
    }
  }

  private async jumped(detail: string): Promise<void> {
    await this.endRun('timestamps-jumped', detail);
    const nowMs = this.clock.monotonicMs();
    this.jumps = [...this.jumps.filter((at) => nowMs - at < 60_000), nowMs];
    if (this.jumps.length > MAX_JUMPS_A_MINUTE) throw new PackagingFault('timestamps-jumped', 'The clock jumps again and again.');
    this.owner.onRestart('timestamps-jumped');
  }

  /** Times before and after a step do not fit together: no run goes on across it. */
  private async clockSet(stepMs: number): Promise<void> {
    this.clockWasSet = true;
    const wasInRun = this.inRun;
    await this.endRun('clock-stepped', `The clock was set by ${(stepMs / 1000).toFixed(3)} s.`);
    if (wasInRun) this.owner.onRestart('clock-stepped');
  }

  private async begunAnew(fault: FaultCode, detail: string): Promise<void> {
    await this.endRun(fault, detail);
    this.owner.onRestart(fault);
  }
}

/** A single odd fragment between two clocks is left out this way. */
function jumpsFrom(before: Fragment | undefined, fragment: Fragment): boolean {
  if (!before) return false;
  const distance = fragment.decodeTime - before.decodeTime;
  return distance < 0 || distance > 5 * TICKS_PER_SECOND;
}
