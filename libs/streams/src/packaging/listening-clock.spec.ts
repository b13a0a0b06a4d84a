import { ListeningClock } from './listening-clock';
import { WATCH } from './packaging-settings';

describe(ListeningClock, () => {
  let nowMs = 0;
  let listening: ListeningClock;
  const pass = (ms: number): void => {
    nowMs += ms;
  };

  beforeEach(() => {
    nowMs = 5_000;
    listening = new ListeningClock(() => nowMs);
  });

  it('goes on with the time while it is looked at', () => {
    for (let looks = 0; looks < 16; looks += 1) {
      pass(WATCH.tickMs);
      listening.look();
    }
    expect(listening.nowMs).toBe(5_000 + 16 * WATCH.tickMs);
  });

  it('stands while what came is taken, also for whoever looks meanwhile', async () => {
    pass(100);
    await listening.take(async () => {
      pass(3_000);
      await Promise.resolve();
      listening.look();
      expect(listening.nowMs).toBe(5_100);
      pass(3_000);
    });
    listening.look();
    expect(listening.nowMs).toBe(5_100);
    pass(100);
    expect(listening.nowMs).toBe(5_200);
  });

  it('goes on after what could not be taken', async () => {
    const failure = listening.take(() => {
      pass(700);
      return Promise.reject(new Error('no room'));
    });
    await expect(failure).rejects.toThrow('no room');
    pass(100);
    expect(listening.nowMs).toBe(5_100);
  });

  it('counts a tick of the time in which the process was held up, whether a look or media come first then', async () => {
    pass(4_000);
    listening.look();
    expect(listening.nowMs).toBe(5_000 + WATCH.tickMs);
    pass(4_000);
    await listening.take(() => Promise.resolve(pass(1_000)));
    listening.look();
    expect(listening.nowMs).toBe(5_000 + 2 * WATCH.tickMs);
  });
});
