import { planBlows } from './plan';
import { Seeded } from './seeded';

const options = { durationMs: 30 * 60_000, calmMs: 60_000, diskCanFill: true };

describe(planBlows, () => {
  it('is the same for the same seed, another for another', () => {
    expect(planBlows(new Seeded(7), options)).toEqual(planBlows(new Seeded(7), options));
    expect(planBlows(new Seeded(7), options)).not.toEqual(planBlows(new Seeded(8), options));
  });

  it('does everything in half an hour, one at a time, and leaves the end calm', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const planned = planBlows(new Seeded(seed), options);
      const kinds = new Set(planned.map((blow) => (blow.kind === 'kill' ? blow.what : blow.kind)));
      expect(kinds.size).toBeGreaterThanOrEqual(8);
      let freeFromMs = 0;
      for (const blow of planned) {
        expect(blow.atMs).toBeGreaterThan(freeFromMs);
        freeFromMs = blow.atMs + ('forMs' in blow ? blow.forMs : 0);
      }
      expect(freeFromMs).toBeLessThanOrEqual(options.durationMs - options.calmMs);
    }
  });

  it('leaves the disk alone where it cannot be filled', () => {
    expect(planBlows(new Seeded(3), { ...options, diskCanFill: false }).some((blow) => blow.kind === 'disk-full')).toBe(false);
  });
});
