import { followView, fractionOf, keyTarget, momentAt, partIn, ticksOf, viewOf } from './ruler-scale';

const HOUR = 3_600_000;
const day = { from: Date.UTC(2026, 10, 22, 2), to: Date.UTC(2026, 10, 22, 21) };
const noon = Date.UTC(2026, 10, 22, 12);

describe('what the ruler shows', () => {
  it('is all of the day, or a piece around the moment', () => {
    expect(viewOf(day, 'day', noon)).toEqual(day);
    expect(viewOf(day, 'hour', noon)).toEqual({ from: noon - HOUR / 2, to: noon + HOUR / 2 });
  });

  it('ends with the day', () => {
    expect(viewOf(day, 'hour', day.from)).toEqual({ from: day.from, to: day.from + HOUR });
    expect(viewOf(day, 'hour', day.to)).toEqual({ from: day.to - HOUR, to: day.to });
    const short = { from: noon, to: noon + HOUR / 2 };
    expect(viewOf(short, 'hour', noon)).toEqual(short);
  });

  it('stands while the moment is in it, and goes on when it leaves', () => {
    const shown = viewOf(day, 'hour', noon);
    expect(followView(shown, day, 'hour', noon + HOUR / 3)).toBe(shown);
    expect(followView(shown, day, 'hour', noon + HOUR)).toEqual(viewOf(day, 'hour', noon + HOUR));
    expect(followView(shown, day, 'day', noon)).toEqual(day);
  });
});

describe('places on the ruler', () => {
  it('go both ways', () => {
    expect(fractionOf(day, momentAt(day, 0.25))).toBeCloseTo(0.25);
    expect(momentAt(day, -3)).toBe(day.from);
    expect(momentAt(day, 3)).toBe(day.to);
  });

  it('of a span are cut to what is shown', () => {
    expect(partIn({ from: 0, to: 100 }, { from: -50, to: 25 })).toEqual({ start: 0, size: 0.25 });
    expect(partIn({ from: 0, to: 100 }, { from: 150, to: 250 })).toBeNull();
  });
});

describe('the marks', () => {
  it('are round times of the station’s clock, no more than fit', () => {
    const ticks = ticksOf(day, 'Asia/Tashkent', 10);
    expect(ticks.map(({ label }) => label)).toEqual([
      '08:00',
      '10:00',
      '12:00',
      '14:00',
      '16:00',
      '18:00',
      '20:00',
      '22:00',
      '00:00',
    ]);
  });

  it('are right where the zone is not whole hours off', () => {
    expect(ticksOf({ from: noon, to: noon + HOUR }, 'Asia/Kathmandu', 4).map(({ label }) => label)).toEqual([
      '18:00',
      '18:15',
      '18:30',
    ]);
  });

  it('tell seconds where they are that close', () => {
    expect(ticksOf({ from: noon, to: noon + 60_000 }, 'UTC', 6)[0]?.label).toBe('12:00:10');
  });
});

describe('keys on the ruler', () => {
  const edge = noon + HOUR;
  const key = (name: string, zoom: 'day' | 'hour' | 'ten-minutes' = 'day') => keyTarget(name, noon, zoom, day, edge);
  it('go by steps of the zoom', () => {
    expect(key('ArrowRight')).toBe(noon + 60_000);
    expect(key('ArrowLeft', 'hour')).toBe(noon - 10_000);
    expect(key('ArrowUp', 'ten-minutes')).toBe(noon + 1000);
    expect(key('PageDown', 'ten-minutes')).toBe(noon - 600_000);
  });
  it('go to the opening and to live, and never past them', () => {
    expect(key('Home')).toBe(day.from);
    expect(key('End')).toBe('live');
    expect(keyTarget('PageUp', noon + HOUR / 2, 'hour', day, edge)).toBe(edge);
    expect(keyTarget('ArrowLeft', day.from, 'day', day, edge)).toBe(day.from);
  });
  it('leave the others alone', () => expect(key('b')).toBeNull());
});
