import type { CameraStateName, FaultCode } from '@app/contracts';
import type { Clock } from '@app/platform';
import type { Lease } from '../lease/lease';
import { NO_PICTURE, type PictureFacts, stateOf } from '../state/camera-status';
import type { PictureFinding } from '../picture/picture-judge';
import type { StateWriter } from '../state/state-writer';

const REFRESH_MS = 5_000;
/** Media arrive, but their picture shows nothing. */
const PICTURE_FAULTS: ReadonlySet<FaultCode> = new Set(['picture-black', 'picture-still']);
/** Facts that make it another picture when they change. */
const IDENTITY = ['codec', 'audioCodec', 'width', 'height'] as const;

/** What one camera's owner says of it: tells each change at once, and how far it came every few seconds. */
export class CameraStateKeeper {
  private state: CameraStateName = 'starting';
  private reason: FaultCode | null = 'connecting';
  private since: Date;
  private lastFrameAt: Date | null = null;
  private picture: PictureFacts = NO_PICTURE;
  private writtenMs = -Infinity;
  /** What is wrong with a picture that arrives well. */
  private finding: PictureFinding | undefined;
  private isClockOff = false;

  constructor(
    private readonly lease: Lease,
    private readonly writer: Pick<StateWriter, 'put'>,
    private readonly clock: Clock,
  ) {
    this.since = clock.now();
    this.write(true);
  }

  get isLive(): boolean {
    return this.state === 'live' || this.state === 'late';
  }

  get current(): { state: CameraStateName; reason: FaultCode | null } {
    return { state: this.state, reason: this.reason };
  }

  /** Media arrive: live, unless their picture shows nothing. */
  live(): void {
    const { finding } = this;
    if (!finding) return this.set('live', this.isClockOff ? 'clock-off' : null);
    // How the picture was while nothing arrived cannot be told.
    const wasSeen = this.isLive || (this.reason !== null && PICTURE_FAULTS.has(this.reason));
    this.set(stateOf(finding.fault), finding.fault, wasSeen ? new Date(finding.sinceMs) : this.clock.now());
  }

  /** What was seen on the last picture that was looked at. */
  seen(finding: PictureFinding | undefined): void {
    this.finding = finding;
    if (this.state === 'live' || (this.reason !== null && PICTURE_FAULTS.has(this.reason))) this.live();
  }

  /** Whether the camera's own clock, which may stand in its picture, is wrong. */
  clockIsOff(isOff: boolean): void {
    if (isOff === this.isClockOff) return;
    this.isClockOff = isOff;
    if (this.state === 'live') this.live();
  }

  fault(reason: FaultCode): void {
    this.set(stateOf(reason), reason);
  }

  /** A part was listed. */
  sawFrame(): void {
    this.lastFrameAt = this.clock.now();
    if (this.clock.monotonicMs() - this.writtenMs >= REFRESH_MS) this.write(false);
  }

  /** Told at once when it is another picture or its first rates; rates that only moved go with the next refresh. */
  setPicture(picture: PictureFacts): void {
    const isNew = IDENTITY.some((fact) => picture[fact] !== this.picture[fact]);
    const firstRate = this.picture.fps === null && picture.fps !== null;
    this.picture = picture;
    if (isNew || firstRate) this.write(true);
  }

  private set(state: CameraStateName, reason: FaultCode | null, since = this.clock.now()): void {
    if (state === this.state && reason === this.reason) return;
    // A clock goes wrong while the camera stays live: what is wrong began then.
    if (state !== this.state || state === 'live') this.since = since;
    this.state = state;
    this.reason = reason;
    this.write(true);
  }

  private write(tell: boolean): void {
    this.writtenMs = this.clock.monotonicMs();
    const { cameraId, generation } = this.lease;
    const { state, reason, since, lastFrameAt } = this;
    this.writer.put({ cameraId, generation, state, since, reason, lastFrameAt, ...this.picture }, tell);
  }
}
