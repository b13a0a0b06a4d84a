import { StartPace } from './start-pace';

describe(StartPace, () => {
  let nowMs: number;
  let pace: StartPace;
  let started: number[];
  const going = new AbortController().signal;

  beforeEach(() => {
    jest.useFakeTimers();
    nowMs = 0;
    pace = new StartPace(() => nowMs);
    started = [];
  });
  afterEach(() => jest.useRealTimers());

  /** A start that holds the process up for so long. */
  const begin = (ms: number) => (): number => {
    started.push(nowMs);
    nowMs += ms;
    return started.length;
  };
  const pass = async (ms: number): Promise<void> => {
    await jest.advanceTimersByTimeAsync(0);
    nowMs += ms;
    await jest.advanceTimersByTimeAsync(ms);
  };

  it('rests four times as long as a start took, in the order in which they came', async () => {
    const all = Promise.all([pace.start(going, begin(100)), pace.start(going, begin(10)), pace.start(going, begin(0))]);
    await pass(399);
    expect(started).toEqual([0]);
    await pass(1);
    expect(started).toEqual([0, 500]);
    await pass(40);
    expect(await all).toEqual([1, 2, 3]);
  });

  it('does not rest for ever', async () => {
    const all = Promise.all([pace.start(going, begin(30_000)), pace.start(going, begin(0))]);
    await pass(2_000);
    await all;
    expect(started).toEqual([0, 32_000]);
  });

  it('goes on after a start that failed, and starts nothing that was given up meanwhile', async () => {
    const gone = new AbortController();
    const failed = pace.start(going, () => {
      throw new Error('no such program');
    });
    const given = pace.start(gone.signal, begin(10));
    const last = pace.start(going, begin(10));
    gone.abort(new Error('stopped by us'));
    const ends = Promise.allSettled([failed, given, last]);
    await pass(10);
    await pass(10);
    expect(await ends).toMatchObject([
      { reason: { message: 'no such program' } },
      { reason: { message: 'stopped by us' } },
      { value: 1 },
    ]);
  });
});
