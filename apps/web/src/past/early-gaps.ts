import type { Gap } from './day-record';
import { type Presence, ranDry, type TileLook } from './sync';

/** A picture that is only late comes within this; a hole stays. */
const HOLE_MS = 700;

/** What a tile shows, and how far the next picture is where it stands in a hole (see `holeSeconds`). */
export interface EarlyLook extends TileLook {
  cameraId: string;
  holeSeconds: number | null;
}

/** Gaps that cameras are in although the record has footage of that moment: the pictures ended before it, or cannot be shown. */
export class EarlyGaps {
  private readonly entered = new Map<string, Gap>();
  private readonly stalls = new Map<string, { shownAt: number | null; since: number }>();
  private readonly holes = new Map<string, number>();

  clear(): void {
    this.entered.clear();
    this.stalls.clear();
    this.holes.clear();
  }

  /** The gap that the camera is in at this moment of the clock. */
  at(cameraId: string, clock: number): Gap | undefined {
    const gap = this.entered.get(cameraId);
    return gap && clock < gap.to ? gap : undefined;
  }

  /** Looks at a tile. @returns what its camera has now */
  note(look: EarlyLook, clock: number, isMoving: boolean, now: number): Presence {
    const gap = this.ending(look, isMoving, now) ?? this.hole(look, clock, now);
    if (!gap) return look.presence;
    this.entered.set(look.cameraId, gap);
    return { kind: 'gap', gap };
  }

  private ending(look: EarlyLook, isMoving: boolean, now: number): Gap | null {
    const stall = this.stalls.get(look.cameraId);
    if (!isMoving || stall?.shownAt !== look.shownAt) this.stalls.set(look.cameraId, { shownAt: look.shownAt, since: now });
    return ranDry(look, isMoving && stall ? now - stall.since : 0);
  }

  private hole({ cameraId, presence, holeSeconds }: EarlyLook, clock: number, now: number): Gap | null {
    if (presence.kind !== 'footage' || holeSeconds === null) {
      this.holes.delete(cameraId);
      return null;
    }
    const since = this.holes.get(cameraId) ?? now;
    this.holes.set(cameraId, since);
    return now - since < HOLE_MS ? null : { from: clock, to: clock + holeSeconds * 1000, cause: 'invalid-media' };
  }
}
