import { FlushLoop, type WriteOutcome } from './flush-loop';

const TIMES = { afterMs: 100, retryMs: 1_000 };

describe('a flush loop', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('writes once for all that woke it, as long after the first as was asked', async () => {
    const write = jest.fn(async (): Promise<WriteOutcome> => 'written');
    const loop = new FlushLoop(write, TIMES);
    loop.wake();
    await jest.advanceTimersByTimeAsync(60);
    loop.wake();
    await jest.advanceTimersByTimeAsync(39);
    expect(write).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(write).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(write).toHaveBeenCalledTimes(1);
  });

  it('tries again later when something was left, however often it is woken', async () => {
    const write = jest.fn(async (): Promise<WriteOutcome> => 'written').mockResolvedValueOnce('try-again');
    const loop = new FlushLoop(write, TIMES);
    await loop.flush();
    loop.wake();
    await jest.advanceTimersByTimeAsync(999);
    expect(write).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(write).toHaveBeenCalledTimes(2);
  });

  it('never writes twice at the same time, and writes again what came during a write', async () => {
    const ends: (() => void)[] = [];
    let most = 0;
    let now = 0;
    const loop = new FlushLoop(async () => {
      most = Math.max(most, ++now);
      await new Promise<void>((resolve) => ends.push(resolve));
      now -= 1;
      return 'written';
    }, TIMES);
    const flushes = [loop.flush(), loop.flush(), loop.flush()];
    loop.wake();
    await jest.advanceTimersByTimeAsync(500);
    expect([ends.length, most]).toEqual([1, 1]);
    for (let index = 0; index < 3; index += 1) {
      ends[index]?.();
      await jest.advanceTimersByTimeAsync(0);
    }
    await Promise.all(flushes);
    expect([ends.length, most]).toEqual([3, 1]);

    void loop.flush();
    loop.wake();
    ends[3]?.();
    await jest.advanceTimersByTimeAsync(TIMES.afterMs);
    expect([ends.length, most]).toEqual([5, 1]);
    ends[4]?.();
  });

  it('writes a last time when stopped, and not after that', async () => {
    const write = jest.fn(async (): Promise<WriteOutcome> => 'try-again');
    const loop = new FlushLoop(write, TIMES);
    loop.wake();
    await loop.stop();
    loop.wake();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(write).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
