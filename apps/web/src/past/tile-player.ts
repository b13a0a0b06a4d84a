import { serverClock } from '../api/server-clock';
import { INITIAL_SNAPSHOT, type Player, type PlayerSnapshot, type PlayerState } from '../player/snapshot';
import type { ArchiveTile } from './archive-tile';
import type { PastSnapshot } from './past-snapshot';
import { isPlayable } from './sync';

/** All cameras of the station together: they are moved as one. */
interface Session {
  readonly now: number;
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => PastSnapshot;
  tileOf(cameraId: string): ArchiveTile | undefined;
  play(): void;
  pause(): void;
}

/** One camera of the record, as what stands around a picture knows players. */
export class TilePlayer implements Player {
  private snapshot: PlayerSnapshot = INITIAL_SNAPSHOT;

  constructor(
    private readonly cameraId: string,
    private readonly past: Session,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => this.past.subscribe(listener);
  readonly getSnapshot = (): PlayerSnapshot => this.snapshot;

  /** Where this camera has no footage, the moment that is shown is what a flag is about. */
  frameNow(): number {
    const at = (this.isCovered() ? null : this.tile?.shownAt) ?? this.past.now;
    return Math.round(at);
  }

  play(): void {
    this.past.play();
  }

  pause(): void {
    this.past.pause();
  }

  setMuted(muted: boolean): void {
    if (this.tile) this.tile.video.muted = muted;
    this.renew(this.past.getSnapshot());
  }

  renew(past: PastSnapshot): void {
    const frameAt = Math.round(this.isCovered() ? past.at : (this.tile?.shownAt ?? past.at));
    const windowMs = Infinity;
    const delayMs = Math.max(0, serverClock.now() - frameAt);
    const muted = this.tile?.video.muted ?? true;
    this.snapshot = { ...INITIAL_SNAPSHOT, state: this.stateIn(past), frameAt, delayMs, following: false, windowMs, muted };
  }

  private stateIn({ isPlaying }: PastSnapshot): PlayerState {
    if (!isPlaying) return { kind: 'paused' };
    const hasPicture = (this.tile?.shownAt ?? null) !== null;
    return !hasPicture && !this.isCovered() ? { kind: 'loading' } : { kind: 'playing' };
  }

  private isCovered(): boolean {
    const presence = this.past.getSnapshot().presences.get(this.cameraId);
    return presence !== undefined && !isPlayable(presence);
  }

  private get tile(): ArchiveTile | undefined {
    return this.past.tileOf(this.cameraId);
  }
}
