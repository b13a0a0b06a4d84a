import { arrivalsAfter } from './arrivals';

const first = arrivalsAfter(null, ['c', 'b']);

describe('what is new in a list', () => {
  it('is nothing when it is first shown', () => expect([...first.arrived]).toEqual([]));

  it('is what came on top since', () => expect([...arrivalsAfter(first, ['d', 'c', 'b']).arrived]).toEqual(['d']));

  it('is all of a list that was empty', () => {
    expect([...arrivalsAfter(arrivalsAfter(null, []), ['a']).arrived]).toEqual(['a']);
  });

  it('is never an older row that was loaded further down', () => {
    expect([...arrivalsAfter(first, ['c', 'b', 'a']).arrived]).toEqual([]);
  });

  it('stays new when the next one comes', () => {
    expect([...arrivalsAfter(arrivalsAfter(first, ['d', 'c', 'b']), ['e', 'd', 'c', 'b']).arrived].sort()).toEqual(['d', 'e']);
  });

  it('is the same object while nothing changes, so that a render does not lead to the next', () => {
    expect(arrivalsAfter(first, ['c', 'b'])).toBe(first);
  });
});
