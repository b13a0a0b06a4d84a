import { Watchdog } from './watchdog';

describe('the watchdog of a connection', () => {
  const running = (): Watchdog => {
    const watchdog = new Watchdog(0);
    watchdog.bytes(1_000);
    watchdog.media(1_000, 90_000);
    return watchdog;
  };

  it('is quiet after a second and a half without anything, and gives up after eight', () => {
    const watchdog = running();
    expect(watchdog.check(1_999)).toEqual({ kind: 'well' });
    expect(watchdog.check(2_000)).toEqual({ kind: 'overdue', fault: 'silent' });
    expect(watchdog.check(2_499)).toEqual({ kind: 'overdue', fault: 'silent' });
    expect(watchdog.check(2_500)).toEqual({ kind: 'quiet', fault: 'silent' });
    expect(watchdog.check(8_999).kind).toBe('quiet');
    expect(watchdog.check(9_000)).toEqual({ kind: 'give-up', fault: 'silent' });
  });

  it('tells a picture that stands still from silence', () => {
    const watchdog = running();
    watchdog.bytes(4_500);
    watchdog.media(4_500, 90_000);
    expect(watchdog.check(5_000)).toEqual({ kind: 'quiet', fault: 'picture-frozen' });
  });

  it('takes media that goes on, also with a clock that went back, for life', () => {
    const watchdog = running();
    watchdog.media(3_500, 10);
    expect(watchdog.check(4_400)).toEqual({ kind: 'well' });
  });

  it('asks why nothing has come after a start, and gives up after fifteen seconds', () => {
    const watchdog = new Watchdog(0);
    expect(watchdog.check(4_900)).toEqual({ kind: 'well' });
    expect(watchdog.check(5_000)).toEqual({ kind: 'diagnose', otherwise: undefined });
    expect(watchdog.check(9_750)).toEqual({ kind: 'diagnose', otherwise: undefined });
    expect(watchdog.check(10_000)).toEqual({ kind: 'diagnose', otherwise: 'silent' });
    expect(watchdog.check(15_000)).toEqual({ kind: 'give-up', fault: 'silent' });
  });

  it('waits long for a rare key frame', () => {
    const watchdog = new Watchdog(0);
    watchdog.check(5_000);
    watchdog.waitForKeyFrame();
    expect(watchdog.check(40_000)).toEqual({ kind: 'well' });
    expect(watchdog.check(75_000)).toEqual({ kind: 'give-up', fault: 'no-key-frame' });
  });
});
