import fc from 'fast-check';
import { MIN_STATIONS } from '@app/contracts';
import { bothShown, shownFigures } from './few-stations';

const shown = (...stations: number[]) => {
  const figures = shownFigures(stations.map((count, index) => ({ id: String(index), stations: count })));
  return { total: figures.total, regions: [...figures.regions].map(Number).sort() };
};

describe(shownFigures, () => {
  it('shows no figure of fewer than five stations, and nothing but nothing below it', () => {
    expect(shown(4)).toEqual({ total: false, regions: [] });
    expect(shown(2, 2)).toEqual({ total: false, regions: [] });
    expect(shown(0, 0)).toEqual({ total: true, regions: [0, 1] });
    expect(shown(5)).toEqual({ total: true, regions: [0] });
  });

  it('hides the next smallest region where the total less the others would give a small one away', () => {
    expect(shown(2, 9, 6)).toEqual({ total: true, regions: [1] });
    expect(shown(2, 3, 6)).toEqual({ total: true, regions: [2] });
    expect(shown(0, 2, 9)).toEqual({ total: true, regions: [0] });
  });

  it('never lets fewer than five stations be told, nor be calculated', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { minLength: 1, maxLength: 12 }), (stations) => {
        const { total, regions } = shown(...stations);
        for (const index of regions) expect(stations[index] === 0 || (stations[index] ?? 0) >= MIN_STATIONS).toBe(true);
        const rest = stations.reduce((sum, count, index) => sum + (regions.includes(index) ? 0 : count), 0);
        if (total) expect(rest === 0 || rest >= MIN_STATIONS).toBe(true);
        // Nothing is hidden without need: of regions that are large enough at most one.
        if (total)
          expect(stations.filter((count, index) => count >= MIN_STATIONS && !regions.includes(index)).length).toBeLessThan(2);
      }),
    );
  });

  it('keeps that for answers and for who was asked at once', () => {
    const asked = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(asked, (pairs) => {
        const counts = pairs.map(([answering, more], index) => ({ id: String(index), answering, asked: answering + more }));
        const of = (name: 'answering' | 'asked') =>
          shownFigures(counts.map((count) => ({ id: count.id, stations: count[name] })));
        const shown = bothShown(of('answering'), of('asked'));
        if (!shown.total) return;
        for (const name of ['answering', 'asked'] as const) {
          const rest = counts.reduce((sum, count) => sum + (shown.regions.has(count.id) ? 0 : count[name]), 0);
          expect(rest === 0 || rest >= MIN_STATIONS).toBe(true);
        }
      }),
    );
  });
});
