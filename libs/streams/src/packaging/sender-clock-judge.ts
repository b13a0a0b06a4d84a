import type { SenderClock } from '@app/rtsp';

/** A time in the picture that is wrong by more misleads whoever looks at the footage. */
const OFF_MS = 10_000;
/** Right again within this. */
const RIGHT_MS = 5_000;
/** A single report may have been held up on its way. */
const REPORTS = 3;
/** A camera that nobody has told the time counts from when it was switched on, or from 1970: then it has no clock that could be off. */
const SINCE_MS = Date.UTC(2020, 0, 1);

/** Says of a camera's own clock, by its sender reports, whether it is off. */
export class SenderClockJudge {
  private isOff = false;
  private heardMs: number | undefined;
  /** Reports in a row that say otherwise. */
  private otherwise = 0;

  /** @param clock the newest report; the same one again says nothing new. @returns whether the clock is off */
  hear(clock: SenderClock | undefined): boolean {
    if (!clock || clock.ourMs === this.heardMs) return this.isOff;
    this.heardMs = clock.ourMs;
    const apart = Math.abs(clock.theirMs - clock.ourMs);
    const saysOff = clock.theirMs >= SINCE_MS && apart > (this.isOff ? RIGHT_MS : OFF_MS);
    this.otherwise = saysOff === this.isOff ? 0 : this.otherwise + 1;
    if (this.otherwise >= REPORTS) [this.isOff, this.otherwise] = [saysOff, 0];
    return this.isOff;
  }
}
