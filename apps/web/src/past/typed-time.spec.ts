import { describeIn } from '../words/describe-in';
import { parseTypedTime } from './typed-time';

const zone = 'Asia/Tashkent';
// 07:00 to 02:00 of the next day at the station, UTC+5.
const day = { from: Date.UTC(2026, 10, 22, 2), to: Date.UTC(2026, 10, 22, 21) };
const evening = Date.UTC(2026, 10, 22, 20, 30);
const typed = (text: string, now = evening) => parseTypedTime(text, day, zone, now);
const message = (text: string, now = evening) => {
  const result = typed(text, now);
  return result.kind === 'bad' ? result.message : '';
};

describe('a typed time', () => {
  it.each([
    ['14:05', Date.UTC(2026, 10, 22, 9, 5)],
    ['14:05:07', Date.UTC(2026, 10, 22, 9, 5, 7)],
    [' 7:00 ', Date.UTC(2026, 10, 22, 2)],
    ['14.05', Date.UTC(2026, 10, 22, 9, 5)],
    ['01:15', Date.UTC(2026, 10, 22, 20, 15)],
  ])('%j is a moment by the clock of the station', (text, at) => expect(typed(text)).toEqual({ kind: 'at', at }));

  it.each(['', 'noon', '14', '14:5', '14:05:7', '14:05 pm', '1405'])('%j is refused with an example', (text) => {
    expect(message(text)).toContain('like 14:05 or 14:05:07');
  });

  it.each(['24:00', '14:60', '14:05:60'])('%j is no time of day', (text) => expect(message(text)).toContain('no time of day'));

  it('outside the day is refused, with the day', () => {
    expect(message('03:00')).toBe('03:00 is outside the day of this station, 07:00 to 02:00.');
  });

  it('that has not come is refused, with the time it is', () => {
    expect(message('20:00', Date.UTC(2026, 10, 22, 9))).toBe('20:00 has not come yet. At the station it is 14:00:00.');
  });

  it('is right on both sides of a change of the clocks, and says when there was none', () => {
    const berlin = { from: Date.UTC(2026, 2, 28, 23), to: Date.UTC(2026, 2, 29, 22) };
    const at = (text: string) => parseTypedTime(text, berlin, 'Europe/Berlin', berlin.to);
    expect(at('01:30')).toEqual({ kind: 'at', at: Date.UTC(2026, 2, 29, 0, 30) });
    expect(at('14:00')).toEqual({ kind: 'at', at: Date.UTC(2026, 2, 29, 12) });
    expect(at('02:30')).toEqual({ kind: 'bad', message: 'There was no 02:30 that day: the clocks went forward.' });
  });

  it('takes the first of two where the clocks go back', () => {
    const berlin = { from: Date.UTC(2026, 9, 24, 22), to: Date.UTC(2026, 9, 25, 22) };
    const at = (text: string) => parseTypedTime(text, berlin, 'Europe/Berlin', berlin.to);
    expect(at('02:30')).toEqual({ kind: 'at', at: Date.UTC(2026, 9, 25, 0, 30) });
    expect(at('14:00')).toEqual({ kind: 'at', at: Date.UTC(2026, 9, 25, 13) });
  });
});

describeIn('uz-Latn', 'a typed time', () => {
  it('that is outside the day is refused in the language of the interface', () => {
    expect(message('03:00')).toBe('03:00 bu uchastkaning kunidan tashqarida, 07:00 dan 02:00 gacha.');
  });
});
