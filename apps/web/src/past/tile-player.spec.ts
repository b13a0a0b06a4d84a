import type { ArchiveTile } from './archive-tile';
import type { Presence } from './sync';
import { TilePlayer } from './tile-player';

const clock = Date.UTC(2026, 10, 22, 10, 41, 7);

const playerOf = (presence: Presence, shownAt: number | null) => {
  const session = {
    now: clock,
    subscribe: () => () => undefined,
    getSnapshot: () => ({ at: clock, isPlaying: true, presences: new Map([['camera', presence]]) }),
    tileOf: () => ({ shownAt }) as ArchiveTile,
    play: () => undefined,
    pause: () => undefined,
  };
  return new TilePlayer('camera', session);
};

describe('the moment a flag is about, in the past', () => {
  it('is that of the frame on the screen', () => {
    expect(playerOf({ kind: 'footage', next: null }, clock - 80).frameNow()).toBe(clock - 80);
  });

  it('is the moment that is shown where the camera has a gap, never the last picture before it and never now', () => {
    const gap = { from: clock - 1000, to: clock + 5000, cause: 'camera-unreachable' };
    expect(playerOf({ kind: 'gap', gap }, clock - 1200).frameNow()).toBe(clock);
  });

  it('is the moment that is shown while the picture loads', () => {
    expect(playerOf({ kind: 'footage', next: null }, null).frameNow()).toBe(clock);
  });
});
