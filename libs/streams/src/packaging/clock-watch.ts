import type { Clock } from '@app/platform';

/** A change of the wall clock against the monotonic one beyond this is a step; below, it is being slewed. Milliseconds. */
const STEP_MS = 1_000;
/** Both clocks are read one after the other: a process that was held up in between knows nothing. */
const READ_MS = 100;

/** Notices when the system's clock is set. */
export class ClockWatch {
  private offsetMs: number | undefined;

  constructor(private readonly clock: Clock) {}

  /** @returns by how much the clock was set since the last call, milliseconds; 0: it was not. */
  step(): number {
    const beforeMs = this.clock.monotonicMs();
    const wallMs = this.clock.nowMs();
    if (this.clock.monotonicMs() - beforeMs > READ_MS) return 0;
    const offsetMs = wallMs - beforeMs;
    const stepMs = offsetMs - (this.offsetMs ?? offsetMs);
    this.offsetMs = offsetMs;
    return Math.abs(stepMs) > STEP_MS ? stepMs : 0;
  }
}
