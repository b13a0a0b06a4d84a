import type { Seeded } from './seeded';

export type Blow =
  | { kind: 'kill'; what: 'ffmpeg' | 'packager' | 'jobs' | 'api' | 'postgres' | 'simulator' }
  | { kind: 'freeze-packager'; forMs: number }
  | { kind: 'redis-down'; forMs: number }
  | { kind: 'disk-full'; forMs: number };

/** When, from the beginning, and which of the processes of a kind: in [0, 1). */
export type PlannedBlow = Blow & { atMs: number; which: number };

/** How often each comes, against the others. */
const WEIGHTS = { ffmpeg: 5, packager: 3, jobs: 1, api: 2, postgres: 2, simulator: 1, freeze: 1, redis: 2, disk: 2 };

/**
 * What is done to the system and when, all known before it begins: a seed that found a fault finds it again as far as the machine
 * lets it. One blow at a time, 4 to 20 s apart, none in the last `calmMs`.
 */
export function planBlows(random: Seeded, options: { durationMs: number; calmMs: number; diskCanFill: boolean }): PlannedBlow[] {
  const lots = Object.entries(WEIGHTS)
    .filter(([name]) => options.diskCanFill || name !== 'disk')
    .flatMap(([name, weight]) => Array<string>(weight).fill(name));
  const planned: PlannedBlow[] = [];
  let atMs = random.between(2_000, 6_000);
  while (atMs < options.durationMs - options.calmMs) {
    const blow = blowOf(random.pick(lots) ?? 'ffmpeg', random);
    const lastsMs = 'forMs' in blow ? blow.forMs : 0;
    if (atMs + lastsMs > options.durationMs - options.calmMs) break;
    planned.push({ ...blow, atMs: Math.round(atMs), which: random.next() });
    atMs += lastsMs + random.between(4_000, 20_000);
  }
  return planned;
}

function blowOf(lot: string, random: Seeded): Blow {
  const forMs = (from: number, to: number): number => Math.round(random.between(from, to));
  switch (lot) {
    case 'freeze':
      return { kind: 'freeze-packager', forMs: forMs(5_000, 30_000) };
    case 'redis':
      return { kind: 'redis-down', forMs: forMs(500, 8_000) };
    case 'disk':
      return { kind: 'disk-full', forMs: forMs(10_000, 30_000) };
    default:
      return { kind: 'kill', what: lot as Extract<Blow, { kind: 'kill' }>['what'] };
  }
}
