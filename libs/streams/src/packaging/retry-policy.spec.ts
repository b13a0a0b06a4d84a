import { type AttemptEnd, nextAction, sinceHealthy } from './retry-policy';

const half = () => 0.5;
const failed = (endedAtMs: number): AttemptEnd => ({ fault: 'connection-refused', endedAtMs, mediaMs: 0 });
const lost = (endedAtMs: number, mediaMs = 5_000): AttemptEnd => ({ fault: 'connection-lost', endedAtMs, mediaMs });

describe('when to connect again', () => {
  it('repairs the first loss of a healthy camera within a second', () => {
    expect(nextAction([lost(100_000, 90_000)], half)).toEqual({ waitMs: 300, reason: 'connection-lost' });
  });

  it('backs off from 1 s to 30 s while nothing comes', () => {
    const waits = Array.from(
      { length: 8 },
      (_, count) =>
        nextAction(
          Array.from({ length: count + 1 }, (_unused, index) => failed(index * 1_000)),
          half,
        ).waitMs,
    );
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('spreads cameras that were lost together, and never waits longer than 30 s', () => {
    const history = [failed(0), failed(1_000)];
    expect(nextAction(history, () => 0).waitMs).toBe(1_600);
    expect(nextAction(history, () => 0.999).waitMs).toBe(2_399);
    expect(
      nextAction(
        Array.from({ length: 20 }, () => failed(0)),
        () => 0.999,
      ).waitMs,
    ).toBe(30_000);
  });

  it('calls a camera that drops every five seconds flapping, from its third drop within a minute', () => {
    const drops = [lost(5_000), lost(10_000), lost(16_000)];
    expect(nextAction(drops.slice(0, 2), half).reason).toBe('connection-lost');
    expect(nextAction(drops, half)).toEqual({ waitMs: 3_000, reason: 'flapping' });
  });

  it('does not hold old drops against a camera', () => {
    expect(nextAction([lost(5_000), lost(10_000), lost(200_000)], half).reason).toBe('connection-lost');
  });

  it('connects at once when the media began anew, but not again and again', () => {
    const jumped = (endedAtMs: number): AttemptEnd => ({ fault: 'timestamps-jumped', endedAtMs, mediaMs: 4_000 });
    expect(nextAction([jumped(5_000)], half).waitMs).toBe(0);
    expect(nextAction([jumped(5_000), jumped(9_000)], half).waitMs).toBe(1_000);
  });

  it('forgets what was before a connection that held for a minute, and never remembers more than twenty', () => {
    expect(sinceHealthy([failed(0), lost(70_000, 65_000), failed(71_000)])).toHaveLength(2);
    expect(sinceHealthy(Array.from({ length: 50 }, (_, index) => failed(index)))).toHaveLength(20);
  });
});
