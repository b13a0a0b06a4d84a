import { addPlayed, coversAll, type Stretch } from './played';

const play = (from: number, to: number, stretches: readonly Stretch[] = []): readonly Stretch[] => {
  let played = stretches;
  for (let at = from; at < to; at += 250) played = addPlayed(played, at, Math.min(at + 250, to), 250);
  return played;
};

describe('what was played', () => {
  it('is one stretch while the picture goes on', () => expect(play(1000, 5100)).toEqual([{ from: 1000, to: 5100 }]));

  it('does not hold what was jumped over', () => {
    const played = addPlayed(play(0, 3000), 3000, 9000, 250);
    expect(play(9000, 10_000, played)).toEqual([
      { from: 0, to: 3000 },
      { from: 9000, to: 10_000 },
    ]);
  });

  it('becomes one when what was left out is played later', () => {
    const played = play(5000, 9000, play(0, 3000));
    expect(play(3000, 5000, played)).toEqual([{ from: 0, to: 9000 }]);
  });

  it('grows by nothing when the picture goes back', () => expect(addPlayed([], 5000, 4000, 250)).toEqual([]));

  it('goes on over a time in which nobody could look', () =>
    expect(addPlayed(play(0, 3000), 3000, 6000, 3000)).toEqual([{ from: 0, to: 6000 }]));

  it('covers a range only when all of it passed', () => {
    expect(coversAll(play(0, 10_000), { from: 100, to: 10_200 })).toBe(true);
    expect(coversAll(play(0, 9000), { from: 0, to: 10_000 })).toBe(false);
    expect(coversAll(play(6000, 10_000, play(0, 4000)), { from: 0, to: 10_000 })).toBe(false);
  });
});
