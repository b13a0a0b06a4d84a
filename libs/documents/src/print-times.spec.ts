import { hashGroups, printDuration, printMoment } from './print-times';

describe(printMoment, () => {
  it.each([
    ['2026-10-25T09:00:03.250Z', 'Asia/Tashkent', '2026-10-25 14:00:03.250 +05:00'],
    ['2026-10-25T20:30:00.000Z', 'Asia/Tashkent', '2026-10-26 01:30:00.000 +05:00'],
    ['2026-03-29T00:59:59.999Z', 'Europe/Prague', '2026-03-29 01:59:59.999 +01:00'],
    ['2026-03-29T01:00:00.000Z', 'Europe/Prague', '2026-03-29 03:00:00.000 +02:00'],
    ['2026-10-25T09:00:00.000Z', 'America/St_Johns', '2026-10-25 06:30:00.000 -02:30'],
    ['2026-10-25T00:00:00.000Z', 'UTC', '2026-10-25 00:00:00.000 +00:00'],
  ])('tells %s in %s with its offset, and in UTC', (iso, zone, station) => {
    expect(printMoment(Date.parse(iso), zone)).toEqual({ station, utc: `${iso.replace('T', ' ').slice(0, -1)} UTC` });
  });
});

describe(printDuration, () => {
  const units = { h: 'ч', min: 'мин', s: 'с', decimal: ',' };
  it.each([
    [0, '0,0 с'],
    [3_480, '3,5 с'],
    [59_960, '1 мин 0,0 с'],
    [3_725_000, '1 ч 2 мин 5,0 с'],
  ])('tells %d ms', (ms, text) => {
    expect(printDuration(ms, units)).toBe(text);
  });
});

describe(hashGroups, () => {
  it('gives sixteen groups of four', () => {
    const hash = '0123456789abcdef'.repeat(4);
    expect(hashGroups(hash)).toHaveLength(16);
    expect(hashGroups(hash).join('')).toBe(hash);
  });
});
