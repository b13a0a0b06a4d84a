import { WATCH } from './packaging-settings';

export type Verdict =
  | { kind: 'well' }
  /** Nothing came for a moment: perhaps it still will, but the list should not wait for it. */
  | { kind: 'overdue'; fault: 'silent' | 'picture-frozen' }
  /** Nothing came for a while: the list goes on without the camera. */
  | { kind: 'quiet'; fault: 'silent' | 'picture-frozen' }
  /** Started, but no media yet: find out why. Said until it is known; after a while with what to say of it `otherwise`. */
  | { kind: 'diagnose'; otherwise: 'silent' | undefined }
  /** Give this connection up. */
  | { kind: 'give-up'; fault: 'silent' | 'picture-frozen' | 'no-key-frame' };

/**
 * Watches one connection: bytes, and the clock of the media they carry. ffmpeg may live on mute for ever, so its exit alone
 * tells nothing. All times are monotonic milliseconds.
 */
export class Watchdog {
  private lastBytesMs: number;
  private lastAdvanceMs: number | undefined;
  private newestDecodeTime = -Infinity;
  private waitsForKeyFrame = false;

  constructor(private readonly startedMs: number) {
    this.lastBytesMs = startedMs;
  }

  /** Whether a fragment came. */
  get hasMedia(): boolean {
    return this.lastAdvanceMs !== undefined;
  }

  bytes(nowMs: number): void {
    this.lastBytesMs = nowMs;
  }

  /** A fragment with picture arrived. A clock that went back counts as moving: that ends the run elsewhere. */
  media(nowMs: number, decodeTime: number): void {
    if (decodeTime === this.newestDecodeTime) return;
    this.newestDecodeTime = decodeTime;
    this.lastAdvanceMs = nowMs;
  }

  /** The diagnosis says that frames come, only no key frame among them: a new connection would not bring it sooner. */
  waitForKeyFrame(): void {
    this.waitsForKeyFrame = true;
  }

  check(nowMs: number): Verdict {
    if (this.lastAdvanceMs === undefined) return this.checkStart(nowMs - this.startedMs);
    const stillForMs = nowMs - this.lastAdvanceMs;
    if (stillForMs < WATCH.overdueMs) return { kind: 'well' };
    if (stillForMs < WATCH.quietMs) return { kind: 'overdue', fault: this.faultAfter(nowMs, WATCH.overdueMs) };
    const fault = this.faultAfter(nowMs, WATCH.quietMs);
    return { kind: stillForMs < WATCH.giveUpMs ? 'quiet' : 'give-up', fault };
  }

  private faultAfter(nowMs: number, ms: number): 'silent' | 'picture-frozen' {
    return nowMs - this.lastBytesMs < ms ? 'picture-frozen' : 'silent';
  }

  private checkStart(runningMs: number): Verdict {
    if (runningMs >= (this.waitsForKeyFrame ? WATCH.keyFrameMs : WATCH.startMs))
      return { kind: 'give-up', fault: this.waitsForKeyFrame ? 'no-key-frame' : 'silent' };
    if (runningMs < WATCH.diagnoseMs || this.waitsForKeyFrame) return { kind: 'well' };
    return { kind: 'diagnose', otherwise: runningMs < WATCH.unexplainedMs ? undefined : 'silent' };
  }
}
