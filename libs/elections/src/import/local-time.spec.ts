import { readLocalTime } from './local-time';

const read = (text: string, timezone = 'Europe/Athens') => {
  const told = readLocalTime(text, timezone);
  return told.kind === 'time' ? told.at.toISOString() : told.kind;
};

describe(readLocalTime, () => {
  it.each([
    ['2026-11-22T07:00', 'Europe/Athens', '2026-11-22T05:00:00.000Z'],
    ['2026-07-01 07:00', 'Europe/Athens', '2026-07-01T04:00:00.000Z'],
    ['2026-11-22T07:00:30', 'Asia/Kathmandu', '2026-11-22T01:15:30.000Z'],
    ['2026-11-22T07:00', 'America/St_Johns', '2026-11-22T10:30:00.000Z'],
    ['2026-11-22T07:00Z', 'Europe/Athens', '2026-11-22T07:00:00.000Z'],
    ['2026-11-22T07:00+05:30', 'Europe/Athens', '2026-11-22T01:30:00.000Z'],
  ])('reads %s in %s', (text, timezone, at) => expect(read(text, timezone)).toBe(at));

  it('takes the first of an hour that comes twice', () => {
    expect(read('2026-10-25T03:30')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('knows that an hour is left out', () => {
    expect(read('2026-03-29T03:30')).toBe('not-there');
    expect(read('2026-03-29T04:00')).toBe('2026-03-29T01:00:00.000Z');
  });

  it.each(['', '7:00', '2026-02-30T07:00', '2026-11-22T24:00', '2026-11-22', 'tomorrow', '2026-11-22T07:00+99:00'])(
    'cannot read %j',
    (text) => expect(read(text)).toBe('unreadable'),
  );
});
