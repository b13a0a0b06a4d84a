import { mayStillUndo, rangeOf, rangeProblems, UNDO_MS, UNDO_SLACK_MS } from './flag-rules';

const NOW = Date.parse('2026-10-25T12:00:00.000Z');
const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString();
const live = (seconds: number) => ({ pressedAt: ago(0), delayMs: seconds * 1000 });

const problems = (times: { at: string; from?: string; to?: string }, press = live(3)): string[] =>
  rangeProblems(rangeOf(times), press, NOW).map((problem) => problem.field);

describe('the range of a flag', () => {
  it('is from 20 s before the frame to 10 s after it unless something else is said', () => {
    const range = rangeOf({ at: ago(3) });
    expect(range.from.toISOString()).toBe(ago(23));
    expect(range.to.toISOString()).toBe(ago(-7));
  });

  it('takes the ends that are given and fills in the other one', () => {
    expect(rangeOf({ at: ago(30), from: ago(60) }).to.toISOString()).toBe(ago(20));
    expect(rangeOf({ at: ago(30), to: ago(5) }).from.toISOString()).toBe(ago(50));
  });

  it.each([
    ['a frame seen live', { at: ago(3) }, live(3)],
    ['an end that lies ahead', { at: ago(3), to: ago(-300) }, live(3)],
    ['a range of nothing', { at: ago(3), from: ago(3), to: ago(3) }, live(3)],
    ['exactly ten minutes', { at: ago(300), from: ago(600), to: ago(0) }, live(300)],
    ['a viewer’s clock 5 s fast', { at: ago(-5) }, live(0)],
    ['the start of the window, rewound', { at: ago(600) }, live(600)],
    ['a flag that had no network for two hours', { at: ago(7200) }, { pressedAt: ago(7197), delayMs: 3000 }],
    ['a viewer’s clock two hours fast', { at: ago(3) }, { pressedAt: ago(-7200), delayMs: 3000 }],
  ])('allows %s', (_name, times, press) => {
    expect(problems(times, press)).toEqual([]);
  });

  it.each([
    ['a frame 6 s in the future', { at: ago(-6) }, live(0), ['at']],
    ['a frame far behind live', { at: ago(700) }, live(700), ['at']],
    ['an old frame that the player says is new', { at: ago(3600) }, live(0), ['at']],
    ['a frame of yesterday', { at: ago(90_000) }, { pressedAt: ago(90_000), delayMs: 0 }, ['at']],
    ['a start after the frame', { at: ago(10), from: ago(5) }, live(10), ['from']],
    ['an end before the frame', { at: ago(10), to: ago(15) }, live(10), ['to']],
    ['more than ten minutes', { at: ago(10), from: ago(605), to: ago(0) }, live(10), ['to']],
    ['both ends on the wrong side', { at: ago(10), from: ago(5), to: ago(15) }, live(10), ['from', 'to']],
  ])('refuses %s and names the field', (_name, times, press, fields) => {
    expect(problems(times, press)).toEqual(fields);
  });
});

describe('undoing a flag', () => {
  it('is possible for ten seconds and what the network needs', () => {
    const received = new Date(NOW - UNDO_MS - UNDO_SLACK_MS);
    expect(mayStillUndo(received, NOW)).toBe(true);
    expect(mayStillUndo(received, NOW + 1)).toBe(false);
  });
});
