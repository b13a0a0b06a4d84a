import { HeldRequests, type Watched } from './held-requests';

class FakeStream implements Watched {
  readonly lease = { state: 'held' };
  readonly listeners = new Set<() => void>();

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  change(): void {
    const waiting = [...this.listeners];
    this.listeners.clear();
    for (const listener of waiting) listener();
  }
}

describe(HeldRequests, () => {
  const stream = new FakeStream();
  let held: HeldRequests<string>;
  let there: string | undefined;
  const ask = jest.fn(() => there);

  beforeEach(() => {
    jest.useFakeTimers();
    stream.lease.state = 'held';
    held = new HeldRequests();
    there = undefined;
    ask.mockClear();
  });
  afterEach(() => jest.useRealTimers());

  it('answers at once what is there', () => {
    there = 'list';
    expect(held.answer(stream, 'a', 6_000, ask)).toBe('list');
    expect(stream.listeners.size).toBe(0);
  });

  it('looks once at each change for all who wait for the same', async () => {
    const answers = Array.from({ length: 300 }, async () => held.answer(stream, 'a', 6_000, ask));
    const before = ask.mock.calls.length;
    stream.change();
    there = 'list';
    stream.change();
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['list']));
    expect(ask.mock.calls.length - before).toBe(2);
    expect(stream.listeners.size).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('keeps different questions apart', async () => {
    const first = held.answer(stream, 'a', 6_000, () => there && 'first');
    const second = held.answer(stream, 'b', 6_000, () => there && 'second');
    there = 'list';
    stream.change();
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
  });

  it('gives up when the time is over, and begins anew after that', async () => {
    const answer = held.answer(stream, 'a', 6_000, ask);
    jest.advanceTimersByTime(6_000);
    expect(await answer).toBeUndefined();
    expect(stream.listeners.size).toBe(0);
    const next = held.answer(stream, 'a', 6_000, ask);
    there = 'list';
    stream.change();
    expect(await next).toBe('list');
  });

  it('answers nothing once the lease has passed', async () => {
    const answer = held.answer(stream, 'a', 6_000, ask);
    there = 'list';
    stream.lease.state = 'lost';
    stream.change();
    expect(await answer).toBeUndefined();
  });

  it('fails all who wait when looking fails, and leaves no timer', async () => {
    let broken = false;
    const fail = (): undefined => {
      if (broken) throw new Error('no list');
      return undefined;
    };
    const answers = Array.from({ length: 2 }, async () => held.answer(stream, 'a', 6_000, fail));
    broken = true;
    stream.change();
    for (const answer of answers) await expect(answer).rejects.toMatchObject({ cause: { message: 'no list' } });
    expect(jest.getTimerCount()).toBe(0);
  });
});
