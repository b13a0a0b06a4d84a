import { Injectable } from '@nestjs/common';

/** Wall and monotonic time. The monotonic one goes on while a process is stopped by a signal. */
export abstract class Clock {
  /** Wall-clock milliseconds since 1970, UTC. */
  abstract nowMs(): number;
  /** Milliseconds that only ever go forward; their zero means nothing. */
  abstract monotonicMs(): number;

  now(): Date {
    return new Date(this.nowMs());
  }
}

@Injectable()
export class SystemClock extends Clock {
  nowMs(): number {
    return Date.now();
  }

  monotonicMs(): number {
    return Number(process.hrtime.bigint() / 1_000_000n);
  }
}
