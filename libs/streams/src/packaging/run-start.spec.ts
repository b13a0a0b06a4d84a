import type { Fragment } from '@app/hls';
import { RunStart } from './run-start';

const fragment = (decodeTime: number, duration = 9_000): Fragment => ({
  kind: 'fragment',
  bytes: Buffer.alloc(1),
  decodeTime,
  duration,
  independent: decodeTime === 0,
  videoSamples: 3,
});

describe('the wall clock of a run', () => {
  it('is when its first media began, for media that comes as it happens', () => {
    const start = new RunStart();
    const known = [0, 1, 2, 3, 4].map((index) => start.add(fragment(index * 9_000), 10_100 + index * 100));
    expect(known).toEqual([false, false, false, false, true]);
    expect(start.startsAtMs).toBe(10_000);
  });

  it('is not pushed forward by two seconds of buffered media that come in a burst', () => {
    const start = new RunStart();
    for (let index = 0; index < 20; index += 1) start.add(fragment(index * 9_000), 50_000);
    start.add(fragment(20 * 9_000), 50_450);
    expect(start.startsAtMs).toBe(48_000);
  });

  it('does not believe a clock that jumps among the first fragments', () => {
    const start = new RunStart();
    start.add(fragment(0), 10_100);
    start.add(fragment(3_600 * 90_000), 10_200);
    expect(start.startsAtMs).toBe(10_000);
  });
});
