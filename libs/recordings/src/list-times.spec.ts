import * as fc from 'fast-check';
import { isoWriter, secondsWriter } from './list-times';

describe(isoWriter, () => {
  it('writes every moment as Date does', () => {
    const times = fc.array(fc.double({ min: 0, max: Date.UTC(2100, 0, 1), noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(times, (all) => {
        const iso = isoWriter();
        expect(all.map(iso)).toEqual(all.map((at) => new Date(Math.round(at)).toISOString()));
      }),
    );
  });

  it('goes over the end of an hour, of a day, and back', () => {
    const iso = isoWriter();
    const midnight = Date.parse('2026-11-23T00:00:00.000Z');
    const times = [midnight - 1, midnight, midnight - 0.4, midnight - 3_600_000, midnight + 59_999];
    expect(times.map(iso)).toEqual(times.map((at) => new Date(Math.round(at)).toISOString()));
  });
});

describe(secondsWriter, () => {
  it('writes five places of each', () => {
    const seconds = secondsWriter();
    expect([2_000, 2_000, 1_920.555_5, 2_000].map(seconds)).toEqual(['2.00000', '2.00000', '1.92056', '2.00000']);
  });
});
