import type { CameraStateName, FaultCode } from '@app/contracts';
import type { Clock } from '@app/platform';
import type { Lease } from '../lease/lease';
import { NO_PICTURE, type PictureFacts, stateOf } from '../state/camera-status';
import type { StateWriter } from '../state/state-writer';

const REFRESH_MS = 5_000;
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

  live(): void {
    this.set('live', null);
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

  private set(state: CameraStateName, reason: FaultCode | null): void {
    if (state === this.state && reason === this.reason) return;
    if (state !== this.state) this.since = this.clock.now();
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
