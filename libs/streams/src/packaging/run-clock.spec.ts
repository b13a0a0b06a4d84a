import * as fc from 'fast-check';
import { TICKS_PER_SECOND } from '@app/hls';
import { RunClock } from './run-clock';

const START = 1_800_000_000_000;
const SEGMENT_MS = 2_000;
const ticks = (ms: number): number => Math.round((ms * TICKS_PER_SECOND) / 1000);

/** A camera whose clock runs by `rate` against ours, seen through a network; `delayMs` by wall time since the start. */
class Sender {
  private mediaMs = 0;
  readonly moves: number[] = [];

  constructor(
    readonly clock: RunClock,
    private readonly rate: number,
    private readonly delayMs: (wallMs: number) => number = () => 0,
  ) {}

  send(seconds: number): this {
    for (const end = this.mediaMs + seconds * 1000; this.mediaMs < end;) {
      this.mediaMs += SEGMENT_MS;
      const wallMs = this.wallMs + this.delayMs(this.wallMs);
      this.clock.arrived(ticks(this.mediaMs), START + wallMs, wallMs);
      this.moves.push(this.clock.correct());
    }
    return this;
  }

  get wallMs(): number {
    return this.mediaMs * this.rate;
  }

  /** How far the mapping is from the truth, milliseconds. */
  get errorMs(): number {
    return this.clock.wallMs(ticks(this.mediaMs)) - (START + this.wallMs);
  }

  get lateMs(): number | undefined {
    return this.clock.steadyDelayMs(this.wallMs + this.delayMs(this.wallMs));
  }
}

describe(RunClock, () => {
  it.each([
    ['slow', 1 + 100e-6],
    ['fast', 1 - 100e-6],
  ])('follows a %s camera clock over a day of 14 hours', (_, rate) => {
    const sender = new Sender(new RunClock(START, 0), rate).send(14 * 3600);
    expect(Math.abs(sender.errorMs)).toBeLessThan(20);
  });

  it('takes bursts and stalls of the network for what they are', () => {
    const jitter = (ms: number): number => [0, 350, 80, 1_200, 30][Math.round(ms / SEGMENT_MS) % 5] ?? 0;
    expect(Math.abs(new Sender(new RunClock(START, 0), 1, jitter).send(3600).errorMs)).toBeLessThan(20);
  });

  it('never moves faster than 500 ppm, and never back in time', () => {
    const delays = fc.array(fc.integer({ min: -3_000, max: 4_000 }), { minLength: 40, maxLength: 120 });
    fc.assert(
      fc.property(delays, (delaysMs) => {
        const clock = new RunClock(START, 0);
        let before = clock.wallMs(0);
        for (const [index, delayMs] of delaysMs.entries()) {
          const mediaMs = (index + 1) * SEGMENT_MS;
          clock.arrived(ticks(mediaMs), START + mediaMs + delayMs, mediaMs);
          expect(Math.abs(clock.correct())).toBeLessThanOrEqual((SEGMENT_MS * 500) / 1e6 + 1e-9);
          const now = clock.wallMs(ticks(mediaMs));
          expect(now).toBeGreaterThan(before);
          before = now;
        }
      }),
    );
  });

  it('knows after 20 s that all that comes is late', () => {
    const lost = (ms: number): number => (ms > 60_000 ? 8_000 : 0);
    const sender = new Sender(new RunClock(START, 0), 1, lost).send(60);
    expect(sender.lateMs).toBe(0);
    expect(sender.send(10).lateMs).toBeLessThan(5_000);
    expect(sender.send(18).lateMs).toBeGreaterThan(7_900);
  });

  it('calls nothing steadily late that is on time now and then', () => {
    const mostly = (ms: number): number => (Math.round(ms / SEGMENT_MS) % 8 === 0 ? 100 : 9_000);
    expect(new Sender(new RunClock(START, 0), 1, mostly).send(120).lateMs).toBeLessThan(200);
  });

  it('says nothing before it has seen enough', () => {
    expect(new Sender(new RunClock(START, 0), 1, () => 9_000).send(10).lateMs).toBeUndefined();
  });
});
