import { describeIn } from '../words/describe-in';
import {
  clockIn,
  dayIn,
  decimalText,
  delayText,
  durationText,
  hourlyData,
  momentIn,
  offsetOf,
  sinceIn,
  sizeText,
} from './format';

const instant = Date.UTC(2026, 10, 22, 9, 5, 7, 250);

describe('time as it is shown', () => {
  it('shows the wall clock of the station, not of the viewer', () => {
    expect(clockIn(instant, 'Asia/Tashkent')).toBe('14:05:07');
    expect(clockIn(instant, 'America/St_Johns')).toBe('05:35:07');
  });

  it('shows midnight as 00, never 24', () => {
    expect(clockIn(Date.UTC(2026, 10, 22, 0, 0, 1), 'UTC')).toBe('00:00:01');
  });

  it('names the zone, also with half hours and west of Greenwich', () => {
    expect(offsetOf(instant, 'Asia/Tashkent')).toBe('UTC+05');
    expect(offsetOf(instant, 'America/St_Johns')).toBe('UTC−03:30');
    expect(offsetOf(instant, 'UTC')).toBe('UTC');
  });

  it('follows daylight saving', () => {
    expect(offsetOf(Date.UTC(2026, 6, 1), 'Europe/Berlin')).toBe('UTC+02');
    expect(offsetOf(Date.UTC(2026, 11, 1), 'Europe/Berlin')).toBe('UTC+01');
  });

  it('writes a whole moment with date, seconds and zone', () => {
    expect(momentIn(instant, 'Asia/Tashkent')).toBe('22 Nov 2026, 14:05:07 (UTC+05)');
  });

  it('takes the day of the zone when it differs from the day in UTC', () => {
    expect(dayIn(Date.UTC(2026, 10, 22, 22), 'Asia/Tokyo')).toBe('23 Nov 2026');
  });

  it('adds the day to a "since" of another day only', () => {
    expect(sinceIn(instant, instant + 60_000, 'UTC')).toBe('09:05');
    expect(sinceIn(instant, instant + 86_400_000, 'UTC')).toBe('22 Nov, 09:05');
  });

  it.each([
    [0, '0.0 s'],
    [-300, '0.0 s'],
    [1840, '1.8 s'],
    [9960, '10 s'],
    [25_400, '25 s'],
    [185_000, '3 min 05 s'],
    [7_860_000, '2 h 11 min'],
  ])('says a delay of %i ms as %s', (ms, text) => expect(delayText(ms)).toBe(text));

  it('says what an hour of watching costs', () => {
    expect(hourlyData(250_000)).toBe('about 110 MB an hour');
    expect(hourlyData(2_800_000)).toBe('about 1.3 GB an hour');
  });

  it('says sizes in decimal units', () => {
    expect([sizeText(900), sizeText(780_400), sizeText(3_440_000)]).toEqual(['900 B', '780 kB', '3.4 MB']);
  });
});

describeIn('ru', 'time as it is shown', () => {
  it('puts a date in figures, the day first', () => {
    expect(dayIn(instant, 'UTC')).toBe('22.11.2026');
    expect(dayIn(Date.UTC(2026, 1, 3), 'UTC')).toBe('03.02.2026');
    expect(momentIn(instant, 'Asia/Tashkent')).toBe('22.11.2026, 14:05:07 (UTC+05)');
    expect(sinceIn(instant, instant + 86_400_000, 'UTC')).toBe('22.11, 09:05');
  });

  it('has a comma in numbers and its own units', () => {
    expect(decimalText(1.25, 2)).toBe('1,25');
    expect([1840, 25_400, 185_000, 7_860_000].map(delayText)).toEqual(['1,8 с', '25 с', '3 мин 05 с', '2 ч 11 мин']);
    expect([900, 780_400, 3_440_000].map(sizeText)).toEqual(['900 Б', '780 кБ', '3,4 МБ']);
    expect([hourlyData(250_000), hourlyData(2_800_000)]).toEqual(['около 110 МБ в час', 'около 1,3 ГБ в час']);
  });
});

describeIn('uz-Latn', 'time as it is shown', () => {
  it('puts a date in figures, the day first', () => {
    expect(momentIn(instant, 'Asia/Tashkent')).toBe('22.11.2026, 14:05:07 (UTC+05)');
  });

  it('has a comma in numbers and its own units', () => {
    expect(delayText(1840)).toBe('1,8 s');
    expect([5, 185, 7860].map(durationText)).toEqual(['5 s', '3 daq 05 s', '2 soat 11 daq']);
    expect([sizeText(3_440_000), hourlyData(2_800_000)]).toEqual(['3,4 MB', 'soatiga taxminan 1,3 GB']);
  });
});
