import type { FaultCode } from '@app/contracts';
import { COPY_PLAN, type PackagingPlan, planFits, planFor } from '@app/ffmpeg';
import type { Lease } from '../lease/lease';
import { CameraStream } from '../live/camera-stream';
import { CameraInputs, type OpenedInput } from './camera-inputs';
import { CameraStateKeeper } from './camera-state-keeper';
import { ClockWatch } from './clock-watch';
import { Connection, type ConnectionEnd } from './connection';
import { Interruption } from './interruption';
import { openPast } from './open-past';
import { MediaIntake } from './media-intake';
import { PackagingFault } from './packaging-fault';
import type { PackagingServices } from './packaging-ports';
import { WATCH } from './packaging-settings';
import { PictureMeter } from './picture-meter';
import { PictureWatch } from '../picture/picture-watch';
import { SenderClockJudge } from './sender-clock-judge';
import { type AttemptEnd, nextAction, sinceHealthy } from './retry-policy';

/** Why a packager stops with a camera for good. */
export type StopReason = 'packager-stopped' | 'not-scheduled' | 'switched-off' | 'lease-lost';

/**
 * One camera that this packager owns: connects, packages, connects again after each end, and keeps the list going meanwhile. Ends when
 * stopped or when the lease is lost. Failures of the camera, of ffmpeg or of the disk never leave it.
 */
export class CameraPackaging {
  private readonly state: CameraStateKeeper;
  private readonly inputs: CameraInputs;
  private readonly clockWatch: ClockWatch;
  private readonly pictures: PictureWatch | undefined;
  private readonly senderClock = new SenderClockJudge();
  private readonly stopping = new AbortController();
  private attemptStop = new AbortController();
  private connection: Connection | undefined;
  private live: CameraStream | undefined;
  private history: AttemptEnd[] = [];
  private plan: PackagingPlan = COPY_PLAN;
  private settingsVersion: number | undefined;
  private gapCause: FaultCode = 'packager-lost';
  private targetDuration: number | undefined;
  private restored = false;
  private restarts = 0;
  private bytesIn = 0;

  constructor(
    readonly lease: Lease,
    private readonly services: PackagingServices,
  ) {
    this.state = new CameraStateKeeper(lease, services.states, services.clock);
    this.inputs = new CameraInputs(lease.cameraId, services);
    this.clockWatch = new ClockWatch(services.clock);
    const { eyes, clock } = services;
    this.pictures = eyes && new PictureWatch(eyes, clock, (finding) => this.state.seen(finding));
    lease.onLost(() => this.stop('lease-lost'));
  }

  get cameraId(): string {
    return this.lease.cameraId;
  }

  /** The live list; undefined until the camera was on air for the first time. */
  get stream(): CameraStream | undefined {
    return this.live;
  }

  /** Whether what the owner before listed is known here; nothing is served before. */
  get isRestored(): boolean {
    return this.restored;
  }

  get status(): CameraStateKeeper['current'] {
    return this.state.current;
  }

  get figures(): { restarts: number; bytesIn: number } {
    return { restarts: this.restarts, bytesIn: this.bytesIn };
  }

  /** Packages until stopped; never rejects for what a camera does. */
  async run(): Promise<StopReason> {
    await this.restore();
    while (!this.stopping.signal.aborted) {
      const wait = await this.attempt();
      if (wait > 0) await this.pause(wait);
    }
    const reason = (this.stopping.signal.reason as Interruption).code as StopReason;
    if (reason === 'not-scheduled' || reason === 'switched-off' || reason === 'packager-stopped') this.state.fault(reason);
    this.live?.publish();
    return reason;
  }

  stop(reason: StopReason): void {
    this.stopping.abort(new Interruption(reason));
    this.interrupt(reason);
  }

  /** The operator changed something: connects again by the new settings if they differ from those in use. */
  settingsAre(version: number): void {
    if (this.settingsVersion !== undefined && version !== this.settingsVersion) {
      this.settingsVersion = version;
      this.history = [];
      this.plan = COPY_PLAN;
      this.inputs.forget();
      this.interrupt('settings-changed');
    }
  }

  /** Called a few times a second. */
  tick(): void {
    this.connection?.check();
    this.state.clockIsOff(this.senderClock.hear(this.connection?.senderClock));
    const stepMs = this.clockWatch.step();
    const stream = this.live;
    if (!stream || stream.inRun) return this.tellLateness(stream);
    stream.fillGap(stepMs > 0 ? 'clock-stepped' : this.gapCause);
  }

  /** @returns how long to wait before the next one, milliseconds. */
  private async attempt(): Promise<number> {
    this.attemptStop = new AbortController();
    if (this.stopping.signal.aborted) return 0;
    const startedMs = this.services.clock.monotonicMs();
    let end: ConnectionEnd;
    let mediaMs = 0;
    try {
      if (this.lease.state !== 'held') return await this.waitForLease();
      const { refusal } = this.services.guard;
      if (refusal) return await this.waitForStorage(refusal);
      const result = await this.connect(this.attemptStop.signal);
      end = result.end;
      mediaMs = result.mediaMs;
    } catch (error) {
      end = this.endOf(error);
    }
    return this.judge(end, mediaMs, startedMs);
  }

  private judge(end: ConnectionEnd, mediaMs: number, startedMs: number): number {
    const { clock, logger, random } = this.services;
    if (this.stopping.signal.aborted) return 0;
    if (end.leaveToFfmpeg) {
      this.inputs.leaveToFfmpeg();
      return 0;
    }
    if (end.codecs && !planFits(this.plan, end.codecs) && end.code === 'settings-changed') {
      this.plan = planFor(end.codecs);
      return 0;
    }
    const endedAtMs = clock.monotonicMs();
    this.history = sinceHealthy([...this.history, { fault: end.code, endedAtMs, mediaMs }]);
    const next = nextAction(this.history, random);
    this.restarts += 1;
    this.gapCause = end.code;
    this.state.fault(next.reason);
    const { cameraId } = this;
    logger.info(
      { cameraId, fault: end.code, detail: end.detail, ranMs: endedAtMs - startedMs, nextMs: next.waitMs },
      'connection ended',
    );
    return next.waitMs;
  }

  private async connect(signal: AbortSignal): Promise<{ end: ConnectionEnd; mediaMs: number }> {
    const isFirst = this.history.length === 0;
    const opened = await this.inputs.next(signal, {
      onSettings: (version) => (this.settingsVersion = version),
      onFault: (fault) => {
        if (isFirst) this.state.fault(fault);
      },
    });
    if (opened.input.kind === 'feed') this.plan = planFor(opened.input.feed.inputCodecs);
    return await this.package(opened, signal).finally(() => opened.close());
  }

  private async package(opened: OpenedInput, signal: AbortSignal): Promise<{ end: ConnectionEnd; mediaMs: number }> {
    const { clock, media, pace } = this.services;
    const meter = new PictureMeter();
    let firstMediaMs: number | undefined;
    const intake = new MediaIntake(
      {
        stream: (measured) => this.openStream(measured),
        onRestart: (fault) => this.lost(fault),
        onListed: () => {
          firstMediaMs ??= clock.monotonicMs();
          opened.leave();
          // Before the camera is called live: nobody may see it live without knowing what it shows.
          if (intake.initSegment) this.state.setPicture(meter.facts(intake.initSegment, connection.inputCodecs));
          this.onListed();
        },
        onFragment: (fragment) => {
          meter.add(fragment);
          if (intake.initSegment) this.pictures?.fragment(fragment, intake.initSegment);
        },
      },
      clock,
    );
    const connection = await pace.start(
      signal,
      () => new Connection(media, opened.input, this.plan, intake, this.connectionListener(), () => clock.monotonicMs()),
    );
    this.connection = connection;
    const onAbort = (): void => connection.end((signal.reason as Interruption).code, 'Stopped by us.');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    try {
      const end = await connection.run();
      return { end, mediaMs: firstMediaMs === undefined ? 0 : clock.monotonicMs() - firstMediaMs };
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.connection = undefined;
    }
  }

  private connectionListener(): ConstructorParameters<typeof Connection>[4] {
    return {
      onFault: (fault) => this.lost(fault),
      onBytes: (bytes) => {
        this.bytesIn += bytes;
      },
    };
  }

  /** The connection stands, but nothing to show comes. */
  private lost(fault: FaultCode): void {
    this.gapCause = fault;
    this.state.fault(fault);
  }

  private onListed(): void {
    this.state.sawFrame();
    if (this.state.current.state !== 'late') this.state.live();
  }

  /** The list of this camera, made at its first media ever. */
  private async openStream(measured: 2 | 4 | undefined): Promise<CameraStream | undefined> {
    if (this.live) return this.live;
    const { recording } = this.services;
    if (this.targetDuration === undefined) {
      if (measured === undefined) return undefined;
      this.targetDuration = await recording.fixTargetDuration(this.cameraId, measured);
    }
    this.live = new CameraStream(this.lease, this.targetDuration, this.services);
    return this.live;
  }

  private async restore(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const opened = await openPast(this.lease, this.services);
        this.targetDuration = opened.targetDuration;
        this.live = opened.stream;
        this.gapCause = opened.absence ?? this.gapCause;
        this.restored = true;
        return;
      } catch (error) {
        // Without its past the numbers of the list cannot go on: nothing may be published before it is known.
        this.services.logger.warn({ err: error, cameraId: this.cameraId }, 'the past of a camera cannot be read yet');
        await this.pause(1_000);
      }
    }
  }

  private tellLateness(stream: CameraStream | undefined): void {
    if (!stream || !this.state.isLive) return;
    const behindMs = this.services.clock.nowMs() - (stream.window.endsAt ?? 0);
    if (behindMs > WATCH.lateMs) this.state.fault('late');
    else if (behindMs < WATCH.lateMs / 2) this.state.live();
  }

  /** Perhaps still ours: nothing is written, nothing connected, until the keeper has renewed it or lost it. */
  private async waitForLease(): Promise<number> {
    await this.pause(100);
    return 0;
  }

  /** No fault of the camera: it is connected at once when it can be recorded again. */
  private async waitForStorage(refusal: FaultCode): Promise<number> {
    this.history = [];
    this.gapCause = refusal;
    this.state.fault(refusal);
    await this.pause(250);
    return 0;
  }

  private endOf(error: unknown): ConnectionEnd {
    if (error instanceof Interruption) return { code: error.code, detail: 'Stopped by us.', codecs: undefined };
    if (error instanceof PackagingFault) return { code: error.code, detail: error.detail, codecs: undefined };
    this.services.logger.warn({ err: error, cameraId: this.cameraId }, 'a camera could not be connected');
    return { code: 'encoder-failed', detail: error instanceof Error ? error.message : String(error), codecs: undefined };
  }

  private interrupt(code: FaultCode): void {
    this.attemptStop.abort(new Interruption(code));
  }

  private async pause(ms: number): Promise<void> {
    const { signal } = this.attemptStop;
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
