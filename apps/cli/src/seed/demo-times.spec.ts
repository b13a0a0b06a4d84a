import { demoTimes } from './demo-times';

const HOUR_MS = 3_600_000;
const everyQuarter = Array.from({ length: 24 * 4 }, (_, quarter) => new Date(2026, 10, 23, 0, quarter * 15));

describe('the times of the demo', () => {
  it.each(everyQuarter)('are those of an election that is going on, and that fits into one day: %s', (now) => {
    const { opensAt, closesAt, countEndsAt } = demoTimes(now);
    expect(now.getTime() - opensAt.getTime()).toBeGreaterThanOrEqual(HOUR_MS);
    expect(closesAt.getTime() - now.getTime()).toBeGreaterThanOrEqual(4 * HOUR_MS);
    expect(countEndsAt.getTime() - closesAt.getTime()).toBeGreaterThanOrEqual(3 * HOUR_MS);
    expect(countEndsAt.getTime() - opensAt.getTime()).toBeLessThanOrEqual(24 * HOUR_MS);
  });

  it('are those of a usual day at noon', () => {
    const { opensAt, closesAt, countEndsAt } = demoTimes(new Date(2026, 10, 23, 12));
    expect([opensAt, closesAt, countEndsAt]).toEqual([7, 20, 26].map((hour) => new Date(2026, 10, 23, hour)));
  });
});
