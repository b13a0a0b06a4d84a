import { MIN_STATIONS } from '@app/contracts';

/** Stations behind a figure of a region. */
export interface RegionCount {
  id: string;
  stations: number;
}

export interface Shown {
  total: boolean;
  regions: ReadonlySet<string>;
}

/**
 * Which figures people outside a mission see: none of fewer than five stations, nor those that would give such a one away.
 * The total less the regions that are shown is what the hidden ones have together, so these have to be five as well: where
 * they are fewer, the next smallest region is hidden too.
 */
export function shownFigures(regions: readonly RegionCount[]): Shown {
  const total = regions.reduce((sum, { stations }) => sum + stations, 0);
  if (total > 0 && total < MIN_STATIONS) return { total: false, regions: new Set() };
  const bySize = [...regions].sort((a, b) => a.stations - b.stations || (a.id < b.id ? -1 : 1));
  const hidden = new Set<string>();
  let together = 0;
  for (const { id, stations } of bySize) {
    if (stations === 0) continue;
    if (stations >= MIN_STATIONS && (together === 0 || together >= MIN_STATIONS)) break;
    hidden.add(id);
    together += stations;
  }
  return { total: true, regions: new Set(regions.map(({ id }) => id).filter((id) => !hidden.has(id))) };
}

/** What both allow. What either of them hides together stays five stations or more for both: hiding more only adds to it. */
export function bothShown(one: Shown, other: Shown): Shown {
  return { total: one.total && other.total, regions: new Set([...one.regions].filter((id) => other.regions.has(id))) };
}

/** Everything: for the mission itself. */
export function allFigures(regions: readonly RegionCount[]): Shown {
  return { total: true, regions: new Set(regions.map(({ id }) => id)) };
}
