import { delayOf, displayedFrameAt, placeOf, skippedSeconds, targetOfBack } from './moment';

describe('the frame on the screen', () => {
  it('is the playhead moved by what the screen is behind it', () => {
    expect(displayedFrameAt(1_000_000, 10.5, 10.48)).toBe(999_980);
  });

  it('is the playhead where the browser does not tell frames', () => {
    expect(displayedFrameAt(1_000_000, 10.5, null)).toBe(1_000_000);
  });

  it('ignores the frame of the old place right after a seek', () => {
    expect(displayedFrameAt(1_000_000, 10.5, 40.5)).toBe(1_000_000);
  });

  it('is unknown until the list has told a date', () => {
    expect(displayedFrameAt(null, 10.5, 10.5)).toBeNull();
    expect(delayOf(null, 5)).toBeNull();
  });

  it('is never ahead of now', () => {
    expect(delayOf(1_000_100, 1_000_000)).toBe(0);
    expect(delayOf(998_000, 1_000_000)).toBe(2000);
  });
});

describe('jumps nobody asked for', () => {
  it('are silent while the picture just plays, stands, or catches up a little', () => {
    expect(skippedSeconds({ frameAt: 1000, at: 0 }, { frameAt: 1250, at: 250 })).toBeNull();
    expect(skippedSeconds({ frameAt: 1000, at: 0 }, { frameAt: 1000, at: 9000 })).toBeNull();
    expect(skippedSeconds({ frameAt: 1000, at: 0 }, { frameAt: 1270, at: 250 })).toBeNull();
  });

  it('are counted in seconds of the wall clock', () => {
    expect(skippedSeconds({ frameAt: 1000, at: 0 }, { frameAt: 13_250, at: 250 })).toBe(12);
  });

  it('a wait followed by a jump of the same length is no loss of live, but the jump is told', () => {
    expect(skippedSeconds({ frameAt: 1000, at: 12_000 }, { frameAt: 13_250, at: 12_250 })).toBe(12);
  });
});

describe('going back', () => {
  it('goes back by the seconds asked', () => expect(targetOfBack(100, 30, 20)).toBe(70));
  it('stops at the start of the window', () => expect(targetOfBack(100, 90, 20)).toBe(20.5));
  it('never jumps forward', () => expect(targetOfBack(20.2, 10, 20)).toBe(20.2));
});

describe('the place in words', () => {
  it('is live within six seconds and behind after that', () => {
    expect(placeOf(2000).kind).toBe('live');
    expect(placeOf(40_000)).toEqual({ kind: 'behind', delayMs: 40_000 });
    expect(placeOf(null).kind).toBe('unknown');
  });
});
