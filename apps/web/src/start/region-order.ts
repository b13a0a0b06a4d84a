import type { Region } from '@app/contracts';

export interface RegionNode {
  region: Region;
  children: RegionNode[];
}

/** The list of regions as a tree, in the order given. A region whose parent is not in the list stands at the top. */
export const regionTree = (regions: readonly Region[]): RegionNode[] => {
  const nodes = new Map(regions.map((region) => [region.id, { region, children: [] as RegionNode[] }]));
  const top: RegionNode[] = [];
  for (const node of nodes.values()) {
    const parent = node.region.parentId === null ? undefined : nodes.get(node.region.parentId);
    (parent && parent !== node ? parent.children : top).push(node);
  }
  return top;
};

/** Sum over the top of the tree: each camera is counted once. */
export const countsOf = (nodes: readonly RegionNode[]): { live: number; total: number; stations: number } =>
  nodes.reduce(
    (sum, { region }) => ({
      live: sum.live + region.live,
      total: sum.total + region.total,
      stations: sum.stations + region.stations,
    }),
    { live: 0, total: 0, stations: 0 },
  );
