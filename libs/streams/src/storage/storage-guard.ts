import { type Clock, type DiskSpace, type DiskThresholds, type Logger } from '@app/platform';
import type { Ballast } from './ballast';
import { judgeRoom } from './room-watch';
import { type Refusal, saysFull } from './storage-fault';
import { type RecordingVolume, WrongVolume } from './recording-volume';

const LOOK_MS = 1_000;
/** A disk that refused a write although it said there was room is not asked again sooner. */
const REST_MS = 5_000;

export interface GuardedDisk {
  space: DiskSpace;
  mediaDirectory: string;
  thresholds: DiskThresholds;
  ballast: Ballast;
  volume: Pick<RecordingVolume, 'open' | 'isThere'>;
}

/**
 * Whether a packager may record now. Looks once a second at the room on the disk and at whether the volume is mounted; a full disk gives
 * up its ballast, and recording goes on by itself when there is room for that again.
 */
export class StorageGuard {
  private refused: Refusal | undefined;
  private isFull = false;
  private restUntilMs = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private failures = 0;

  constructor(
    private readonly disk: GuardedDisk,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Undefined: there is room, and the volume is there. */
  get refusal(): Refusal | undefined {
    return this.refused;
  }

  /** Runs that ended because the disk failed, did not give back what was written, or was full. */
  get failedRuns(): number {
    return this.failures;
  }

  /** @throws WrongVolume */
  async start(): Promise<void> {
    await this.openVolume();
    await this.look();
    this.timer = setInterval(() => void this.look(), LOOK_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** One look; a second call while one is under way waits for that one. Never rejects. */
  look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => (this.looking = undefined));
    return this.looking;
  }

  /** A call of the disk failed. */
  sawError(error: unknown): void {
    if (!saysFull(error)) return;
    this.restUntilMs = this.clock.monotonicMs() + REST_MS;
    this.isFull = true;
    this.settle('disk-full');
    void this.freeBallast();
  }

  /** A run ended because of the disk. */
  runFailed(cameraId: string, failure: Error): void {
    this.failures += 1;
    this.logger.error({ err: failure, cameraId }, 'the disk ended a run of the recording');
  }

  private async lookOnce(): Promise<void> {
    try {
      await this.lookAtRoom();
      const { volume } = this.disk;
      if (!(await volume.isThere())) await this.openVolume();
      const isThere = await volume.isThere();
      this.settle(isThere ? (this.isFull ? 'disk-full' : undefined) : 'volume-missing');
    } catch (error) {
      if (error instanceof WrongVolume) this.settle('volume-missing');
      // Otherwise nothing is known: recording goes on as it did, and each of its writes says what the disk is like.
      this.logger.warn({ err: error }, 'the disk of the recording cannot be looked at');
    }
  }

  private async openVolume(): Promise<void> {
    try {
      await this.disk.volume.open();
    } catch (error) {
      if (error instanceof WrongVolume) throw error;
      this.logger.warn({ err: error }, 'the volume of the recording cannot be opened yet');
    }
  }

  private async lookAtRoom(): Promise<void> {
    const { space, mediaDirectory, thresholds, ballast } = this.disk;
    const figures = await space.read(mediaDirectory);
    const missingBytes = await ballast.missingBytes();
    const verdict = judgeRoom({ figures, stopped: this.isFull, ballast: { bytes: ballast.bytes, missingBytes } }, thresholds);
    if (verdict === 'stop') {
      this.isFull = true;
      this.settle('disk-full');
      await this.freeBallast();
    } else if (verdict === 'make-ballast' || (verdict === 'go-on' && this.clock.monotonicMs() >= this.restUntilMs)) {
      if ((await this.makeBallast()) && verdict === 'go-on') this.isFull = false;
    }
  }

  private async makeBallast(): Promise<boolean> {
    try {
      await this.disk.ballast.make();
      return true;
    } catch (error) {
      this.logger.warn({ err: error }, 'the reserve of the disk cannot be made');
      await this.freeBallast();
      return false;
    }
  }

  private async freeBallast(): Promise<void> {
    try {
      await this.disk.ballast.free();
    } catch (error) {
      this.logger.error({ err: error }, 'the reserve of the disk cannot be given up');
    }
  }

  private settle(refusal: Refusal | undefined): void {
    if (refusal === this.refused) return;
    this.refused = refusal;
    if (refusal) this.logger.error({ refusal }, 'nothing is recorded');
    else this.logger.info('recording goes on');
  }
}
