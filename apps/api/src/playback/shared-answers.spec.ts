import { type Share, SharedAnswers, type Source } from './shared-answers';

interface Answer {
  byteLength: number;
  keepMs: number;
  name: string;
}

/** A question to the source that the test answers. */
class Question {
  signal!: AbortSignal;
  reserved: boolean | undefined;
  resolve!: (answer: Answer) => void;
  reject!: (error: Error) => void;

  readonly source: Source<Answer> = (signal, reserve) =>
    new Promise((resolve, reject) => {
      this.signal = signal;
      this.resolve = (answer) => {
        this.reserved = reserve(answer.byteLength);
        if (this.reserved) resolve(answer);
        else reject(new Error('no room'));
      };
      this.reject = reject;
      signal.addEventListener('abort', () => reject(new Error('aborted')));
    });
}

const KB = 1_024;
const part = (name: string, byteLength = KB, keepMs = 5_000): Answer => ({ name, byteLength, keepMs });

describe(SharedAnswers, () => {
  let nowMs: number;
  let shared: SharedAnswers<Answer>;
  let asked: Question[];

  beforeEach(() => {
    nowMs = 0;
    asked = [];
    shared = new SharedAnswers(100 * KB, () => nowMs);
  });

  const take = (key: string): Share<Answer> =>
    shared.take(key, (signal, reserve) => {
      const question = new Question();
      asked.push(question);
      return question.source(signal, reserve);
    });

  async function kept(key: string, answer: Answer): Promise<void> {
    const share = take(key);
    asked.at(-1)?.resolve(answer);
    await share.whole;
    share.release();
  }

  it('asks the source once for all who ask the same at the same time', async () => {
    const shares = Array.from({ length: 300 }, () => take('a'));
    expect(asked).toHaveLength(1);
    asked[0]?.resolve(part('a'));
    const answers = await Promise.all(shares.map((share) => share.whole));
    expect(new Set(answers.map(({ name }) => name))).toEqual(new Set(['a']));
  });

  it('keeps different questions apart', () => {
    take('a');
    take('b');
    expect(asked).toHaveLength(2);
  });

  it('answers from memory while the answer may be kept, and tells its age', async () => {
    await kept('a', part('a', KB, 5_000));
    nowMs = 4_999;
    const share = take('a');
    expect([share.value?.name, share.ageMs]).toEqual(['a', 4_999]);
    share.release();
    nowMs = 5_000;
    expect(take('a').value).toBeUndefined();
    expect(asked).toHaveLength(2);
  });

  it('gives what may not be kept to those who wait for it, and to nobody after them', async () => {
    const [first, second] = [take('a'), take('a')];
    asked[0]?.resolve(part('a', KB, 0));
    expect(await Promise.all([first.whole, second.whole])).toHaveLength(2);
    take('a');
    expect(asked).toHaveLength(2);
    first.release();
    second.release();
    expect(shared.heldBytes).toBe(0);
  });

  it('tells everybody who waits of a failure, and keeps nothing of it', async () => {
    const [first, second] = [take('a'), take('a')];
    asked[0]?.reject(new Error('the origin broke off'));
    await expect(first.whole).rejects.toThrow('broke off');
    await expect(second.whole).rejects.toThrow('broke off');
    take('a');
    expect(asked).toHaveLength(2);
    expect(shared.heldBytes).toBe(0);
  });

  it('goes on when one of several leaves', async () => {
    const [leaver, stayer] = [take('a'), take('a')];
    leaver.release();
    leaver.release();
    expect(asked[0]?.signal.aborted).toBe(false);
    asked[0]?.resolve(part('a'));
    expect((await stayer.whole).name).toBe('a');
  });

  it('ends the question when the last one leaves; who comes after that asks anew', async () => {
    const [first, second] = [take('a'), take('a')];
    first.release();
    second.release();
    expect(asked[0]?.signal.aborted).toBe(true);
    const next = take('a');
    await expect(first.whole).rejects.toThrow('aborted');
    asked[1]?.resolve(part('again'));
    expect((await next.whole).name).toBe('again');
  });

  it('forgets the oldest for what is new, and never holds more than its bound', async () => {
    for (let index = 0; index < 50; index += 1) {
      await kept(`${index}`, part(`${index}`, 9 * KB));
      expect(shared.heldBytes).toBeLessThanOrEqual(100 * KB);
    }
    expect(take('49').value?.name).toBe('49');
    expect(take('39').value).toBeUndefined();
    expect(take('40').value?.name).toBe('40');
  });

  it('counts what is still being sent, and refuses what has no room', async () => {
    const sending = Array.from({ length: 4 }, (_, index) => take(`${index}`));
    asked.forEach((question, index) => question.resolve(part(`${index}`, 24 * KB, 1_000)));
    await Promise.all(sending.map((share) => share.whole));
    expect(shared.heldBytes).toBe(100 * KB);
    nowMs = 2_000;
    const refused = take('more');
    asked.at(-1)?.resolve(part('more', 24 * KB));
    await expect(refused.whole).rejects.toThrow('no room');
    sending[0]?.release();
    await kept('more', part('more', 24 * KB));
    expect(take('more').value?.name).toBe('more');
    sending.forEach((share) => share.release());
    expect(shared.heldBytes).toBe(25 * KB);
  });

  it('does not hold one body that would push out a quarter of all', async () => {
    const share = take('big');
    asked[0]?.resolve(part('big', 25 * KB));
    await expect(share.whole).rejects.toThrow('no room');
    expect(shared.heldBytes).toBe(0);
  });
});
