import { type GapRecord, gapsWithin, uptimeOf } from './uptime';

const gap = (from: number, to: number | null, cause: GapRecord['cause'] = 'unknown'): GapRecord => ({
  from,
  to,
  cause,
  actorId: null,
});
const planned = { from: 10_000, to: 110_000 };

describe(uptimeOf, () => {
  const day = { from: 0, to: 200_000 };

  it('counts what was planned and is known, without the gaps', () => {
    const gaps = [gap(0, 20_000), gap(50_000, 55_000)];
    expect(uptimeOf(day, { planned, coveredUntil: 60_000, gaps })).toEqual({
      plannedSeconds: 50,
      recordedSeconds: 35,
      uptime: 0.7,
    });
  });

  it('counts a gap that goes on as far as is known', () => {
    expect(uptimeOf(day, { planned, coveredUntil: 60_000, gaps: [gap(35_000, null)] }).uptime).toBe(0.5);
  });

  it('cuts planned time and gaps to the range', () => {
    const facts = { planned, coveredUntil: 110_000, gaps: [gap(20_000, 40_000)] };
    expect(uptimeOf({ from: 30_000, to: 50_000 }, facts)).toEqual({ plannedSeconds: 20, recordedSeconds: 10, uptime: 0.5 });
  });

  it('says nothing of a day that has not begun', () => {
    expect(uptimeOf(day, { planned, coveredUntil: 10_000, gaps: [] }).uptime).toBeNull();
  });
});

describe(gapsWithin, () => {
  it('cuts gaps, and leaves one open that goes on', () => {
    const gaps = [gap(0, 5_000), gap(8_000, 12_000, 'takeover'), gap(20_000, null)];
    const told = (to: number) => gapsWithin({ from: 10_000, to }, gaps, 30_000).map(({ from, to: end }) => [from, end]);
    const iso = (ms: number) => new Date(ms).toISOString();
    expect(told(30_000)).toEqual([
      [iso(10_000), iso(12_000)],
      [iso(20_000), null],
    ]);
    expect(told(25_000)[1]).toEqual([iso(20_000), iso(25_000)]);
  });

  it('names who switched the camera off, and only where somebody did', () => {
    const off = { ...gap(0, 1_000, 'operator-disabled'), actorId: 'a' };
    expect(gapsWithin({ from: 0, to: 5_000 }, [off, gap(2_000, 3_000)], 5_000).map((told) => told.actor)).toEqual([
      'a',
      undefined,
    ]);
  });
});
