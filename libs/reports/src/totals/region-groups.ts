export interface RegionNode {
  id: string;
  name: string;
  parentId: string | null;
}

/** The regions that totals are told by, and which of them each region lies in. */
export interface RegionGroups {
  groups: { id: string; name: string }[];
  groupOf: ReadonlyMap<string, string>;
}

/**
 * The first level, from the top, on which there is more than one region: provinces of a country, districts for a commission
 * of one province. One partition for each reader, so that no two tables can be subtracted from each other.
 */
export function regionGroups(regions: readonly RegionNode[]): RegionGroups {
  const known = new Map(regions.map((region) => [region.id, region]));
  const childrenOf = (id: string): RegionNode[] => regions.filter(({ parentId }) => parentId === id);
  let level = regions.filter(({ parentId }) => parentId === null || !known.has(parentId));
  const above = new Set<string>();
  for (let only = level[0]; level.length === 1 && only && childrenOf(only.id).length > 0; only = level[0]) {
    above.add(only.id);
    level = childrenOf(only.id);
  }
  const inLevel = new Set(level.map(({ id }) => id));
  // Stations may hang on a region that is above the level: it stands for itself.
  const top = regions.filter(({ id }) => above.has(id));
  const groupOf = new Map(regions.map(({ id }) => [id, above.has(id) ? id : ancestorIn(known, inLevel, id)]));
  const groups = [...level, ...top].map(({ id, name }) => ({ id, name }));
  return { groups: groups.sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id)), groupOf };
}

function ancestorIn(known: ReadonlyMap<string, RegionNode>, level: ReadonlySet<string>, id: string): string {
  let at: string = id;
  while (!level.has(at)) {
    const parent = known.get(at)?.parentId;
    if (parent === null || parent === undefined) throw new Error(`Region ${id} is below none of its level`);
    at = parent;
  }
  return at;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
