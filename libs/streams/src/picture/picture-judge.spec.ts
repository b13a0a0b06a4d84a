import { changeBetween, lightOf, LUMA, LUMA_BYTES, type Luma } from './luma';
import { PictureJudge } from './picture-judge';

/** The same noise at each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = seeded(7);
const noisy = (picture: Luma, steps: number): Luma => picture.map((value) => value + Math.round((random() - 0.5) * 2 * steps));
const drawn = (light: (column: number, row: number) => number): Luma =>
  Uint8Array.from({ length: LUMA_BYTES }, (_, index) => light(index % LUMA.width, Math.floor(index / LUMA.width)));

const room = drawn((column, row) => 60 + 2 * column + ((column >> 3) + (row >> 3)) * 4);
const black = drawn(() => 16);
const hand = drawn(() => 90);
/** A burnt-in clock of 12 x 1 points whose digits change. */
const withClock = (picture: Luma, second: number): Luma =>
  picture.map((value, index) => (index >= 70 && index < 82 ? (second % 2 === 0 ? 235 : 16) : value));

/** What a judge says of pictures that come every four seconds. */
function judged(pictures: readonly Luma[], stepMs = 4_000): (string | undefined)[] {
  const judge = new PictureJudge();
  return pictures.map((picture, index) => {
    const finding = judge.look(picture, index * stepMs);
    return finding && `${finding.fault} since ${finding.sinceMs / 1000}`;
  });
}
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
const [BLACK, STILL] = ['picture-black', 'picture-still'];

describe('what a picture shows', () => {
  it('finds light and contrast in a room, none under a cap, no contrast behind a hand, however noisy the sensor is', () => {
    expect(lightOf(noisy(room, 4))).toMatchObject({ brightest: expect.any(Number) });
    expect(lightOf(noisy(room, 4)).contrast).toBeGreaterThan(60);
    expect(lightOf(noisy(black, 4)).brightest).toBeLessThan(20);
    expect(lightOf(noisy(hand, 4)).contrast).toBeLessThan(4);
  });

  it('leaves a clock that ticks out of a change, and nothing larger', () => {
    expect(changeBetween(withClock(room, 1), withClock(room, 2))).toEqual({ mean: 0, moved: 0 });
    const person = room.map((value, index) => (index % LUMA.width < 3 ? 30 : value));
    expect(changeBetween(room, person).moved).toBeGreaterThan(0.03);
  });
});

describe(PictureJudge, () => {
  it('finds nothing in a noisy room in which nobody moves', () => {
    expect(judged(times(30, () => noisy(room, 1)))).toEqual(times(30, () => undefined));
  });

  it('calls a picture black at the second look, since the first, and one again at the second clear one', () => {
    const pictures = [room, black, black, black, room, room, room].map((picture) => noisy(picture, 3));
    expect(judged(pictures)).toEqual([undefined, undefined, ...times(3, () => `${BLACK} since 4`), undefined, undefined]);
  });

  it('calls a covered lens black, whatever the colour of what covers it', () => {
    expect(judged(times(3, () => noisy(hand, 3))).at(-1)).toBe(`${BLACK} since 0`);
  });

  it('calls nothing black that is dark once, and does not change its mind at every look between dark and light', () => {
    expect(judged([room, black, room, black, room].map((picture) => noisy(picture, 3)))).toEqual(times(5, () => undefined));
    const [dim, dimmer] = [drawn((column) => 15 + column / 3), drawn((column) => 8 + column / 3)];
    const flickering = times(12, (index) => noisy(index % 2 === 0 ? dim : dimmer, 2));
    expect(new Set(judged([noisy(black, 2), noisy(black, 2), ...flickering]).slice(1))).toEqual(new Set([`${BLACK} since 0`]));
  });

  it('calls a picture still that was the same for eight seconds, with a clock that ticks in it or without', () => {
    const seconds = times(5, (index) => withClock(room, index));
    for (const pictures of [times(5, () => room), seconds])
      expect(judged(pictures)).toEqual([undefined, undefined, ...times(3, () => `${STILL} since 0`)]);
  });

  it('calls it moving at the first other picture', () => {
    expect(judged([room, room, room, noisy(room, 3), noisy(room, 3)]).slice(2)).toEqual([
      `${STILL} since 0`,
      undefined,
      undefined,
    ]);
  });

  it('says nothing of a time in which it did not look', () => {
    expect(
      judged(
        times(5, () => room),
        16_000,
      ),
    ).toEqual(times(5, () => undefined));
  });

  it('calls a black picture that stands still black, and not still', () => {
    expect(new Set(judged(times(6, () => black)).slice(1))).toEqual(new Set([`${BLACK} since 0`]));
  });
});
