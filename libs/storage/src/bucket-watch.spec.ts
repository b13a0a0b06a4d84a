import { BucketWatch } from './bucket-watch';

describe('the bucket as health sees it', () => {
  let nowMs = 0;
  const clock = { monotonicMs: () => nowMs };
  const bucket = (answer: () => Promise<string[]>) => {
    const asked = { times: 0 };
    async function* list() {
      asked.times += 1;
      yield* await answer();
    }
    return { asked, watch: new BucketWatch({ list }, clock, 20) };
  };

  it('is asked once in a quarter of a minute', async () => {
    const { asked, watch } = bucket(() => Promise.resolve([]));
    expect([await watch.warning(), await watch.warning(), asked.times]).toEqual([undefined, undefined, 1]);
    nowMs += 15_000;
    await Promise.all([watch.warning(), watch.warning()]);
    expect(asked.times).toBe(2);
  });

  it('is told of when it refuses, with the reason, until it answers again', async () => {
    let isAway = true;
    const refusal = () => Promise.reject(new Error('The storage cannot be reached now', { cause: new Error('ECONNREFUSED') }));
    const { watch } = bucket(() => (isAway ? refusal() : Promise.resolve([])));
    expect(await watch.warning()).toContain('ECONNREFUSED');
    isAway = false;
    nowMs += 15_000;
    expect(await watch.warning()).toBeUndefined();
  });

  it('is not waited for when it hangs, nor asked again while it does', async () => {
    let answer = (): void => undefined;
    const { asked, watch } = bucket(() => new Promise((resolve) => (answer = () => resolve([]))));
    expect([await watch.warning(), await watch.warning()]).toEqual([
      expect.stringContaining('does not answer'),
      expect.stringContaining('does not answer'),
    ]);
    expect(asked.times).toBe(1);
    answer();
    expect(await watch.warning()).toBeUndefined();
  });
});
