import { limitAfter, lookedAt, nextToStart, videosOf } from './budget';

const tiles = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('the videos of a wall', () => {
  it('are the chosen one, those looked at last, and the first ones, up to the limit', () => {
    expect(videosOf({ tiles, chosen: 'f', recent: ['f', 'c'], limit: 4 })).toEqual(['f', 'c', 'a', 'b']);
    expect(videosOf({ tiles, chosen: undefined, recent: [], limit: 2 })).toEqual(['a', 'b']);
  });

  it('are none of those without a picture, and none without a limit', () => {
    expect(videosOf({ tiles: ['a', 'b'], chosen: 'x', recent: ['y', 'b'], limit: 4 })).toEqual(['b', 'a']);
    expect(videosOf({ tiles, chosen: 'a', recent: [], limit: 0 })).toEqual([]);
  });

  it('start one after the other, the most wanted first', () => {
    expect(nextToStart([], ['b', 'a'])).toBe('b');
    expect(nextToStart(['b'], ['b', 'a'])).toBe('a');
    expect(nextToStart(['a', 'b'], ['b', 'a'])).toBeUndefined();
  });

  it('stay where one looked last', () => {
    expect(lookedAt(['a', 'b', 'c'], 'c')).toEqual(['c', 'a', 'b']);
    expect(lookedAt([], 'c')).toEqual(['c']);
  });

  it('become fewer when frames are dropped, one at least', () => {
    expect(limitAfter(4, { total: 500, dropped: 20 })).toBe(4);
    expect(limitAfter(4, { total: 500, dropped: 30 })).toBe(3);
    expect(limitAfter(1, { total: 500, dropped: 300 })).toBe(1);
    expect(limitAfter(4, { total: 20, dropped: 20 })).toBe(4);
  });
});
