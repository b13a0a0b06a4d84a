import { SenderClockJudge } from './sender-clock-judge';

const NOW = Date.UTC(2026, 9, 25, 9);
const MINUTE_MS = 60_000;

describe('the clock of a camera', () => {
  let judge: SenderClockJudge;
  let reports: number;
  beforeEach(() => {
    judge = new SenderClockJudge();
    reports = 0;
  });
  /** A report every five seconds. */
  const hear = (aheadMs: number): boolean => {
    reports += 1;
    const ourMs = NOW + reports * 5_000;
    return judge.hear({ ourMs, theirMs: ourMs + aheadMs });
  };

  it.each([3 * MINUTE_MS, -3 * MINUTE_MS, 11_000])('is off when three reports in a row are %i ms away', (ahead) => {
    expect([hear(ahead), hear(ahead), hear(ahead)]).toEqual([false, false, true]);
  });

  it('is right when it is off by what a network delays', () => {
    expect([hear(900), hear(-9_000), hear(9_000), hear(0)]).toEqual([false, false, false, false]);
  });

  it('is not judged by single reports, nor by one that is read again', () => {
    expect([hear(MINUTE_MS), hear(0), hear(MINUTE_MS), hear(MINUTE_MS), hear(0)]).not.toContain(true);
    const report = { ourMs: NOW, theirMs: NOW + MINUTE_MS };
    expect([judge.hear(report), judge.hear(report), judge.hear(report)]).toEqual([false, false, false]);
  });

  it('is right again when it was set', () => {
    [1, 2, 3].forEach(() => hear(MINUTE_MS));
    expect([hear(7_000), hear(100), hear(100), hear(100)]).toEqual([true, true, true, false]);
  });

  it('is none where it counts from the start of the camera', () => {
    reports += 1;
    const told = [1, 2, 3, 4].map((nth) => judge.hear({ ourMs: NOW + nth, theirMs: nth * 5_000 }));
    expect(told).not.toContain(true);
    expect(judge.hear(undefined)).toBe(false);
  });
});
