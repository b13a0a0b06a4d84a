import { dayOf } from './day';

const HOUR = 3_600_000;
const opens = Date.UTC(2026, 10, 22, 2);
const station = (hours: number) => ({
  opensAt: new Date(opens).toISOString(),
  countEndsAt: new Date(opens + hours * HOUR).toISOString(),
});

describe('the day of a station', () => {
  it('is its opening to the end of its count, whatever time it is', () => {
    const day = { from: opens, to: opens + 19 * HOUR };
    for (const at of [opens - HOUR, opens + HOUR, opens + 40 * HOUR]) expect(dayOf(station(19), at)).toEqual(day);
  });

  it('of several days is the piece that holds the moment', () => {
    expect(dayOf(station(60), opens + 30 * HOUR)).toEqual({ from: opens + 24 * HOUR, to: opens + 48 * HOUR });
    expect(dayOf(station(60), opens + 90 * HOUR)).toEqual({ from: opens + 48 * HOUR, to: opens + 60 * HOUR });
    expect(dayOf(station(48), opens + 48 * HOUR)).toEqual({ from: opens + 24 * HOUR, to: opens + 48 * HOUR });
  });
});
