import type { Clock } from '@app/platform';
import { GUARD_MS } from './lease-times';

/** The holder may not write now: its deadline passed, or the camera has another owner. */
export class LeaseNotHeld extends Error {
  constructor(cameraId: string) {
    super(`The lease of camera ${cameraId} is not held`);
    this.name = 'LeaseNotHeld';
  }
}

/**
 * The right to write and publish for one camera, as its holder sees it. `held` until the monotonic deadline; then `lapsed`: perhaps
 * still ours, nothing may be written until a renewal succeeds; `lost` for good once somebody else owns the camera.
 */
export class Lease {
  private deadlineMs: number;
  private isLost = false;
  private readonly listeners = new Set<() => void>();

  /** @param validUntilMs monotonic; counted from before the statement that took the lease was sent. */
  constructor(
    readonly cameraId: string,
    /** The fencing token. */
    readonly generation: number,
    private readonly clock: Clock,
    validUntilMs: number,
  ) {
    this.deadlineMs = validUntilMs;
  }

  get state(): 'held' | 'lapsed' | 'lost' {
    if (this.isLost) return 'lost';
    return this.clock.monotonicMs() < this.deadlineMs - GUARD_MS ? 'held' : 'lapsed';
  }

  /** Called before each write, each publication and each answer. @throws LeaseNotHeld */
  assertHeld(): void {
    if (this.state !== 'held') throw new LeaseNotHeld(this.cameraId);
  }

  extend(validUntilMs: number): void {
    this.deadlineMs = Math.max(this.deadlineMs, validUntilMs);
  }

  lose(): void {
    if (this.isLost) return;
    this.isLost = true;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }

  onLost(listener: () => void): void {
    if (this.isLost) listener();
    else this.listeners.add(listener);
  }
}
