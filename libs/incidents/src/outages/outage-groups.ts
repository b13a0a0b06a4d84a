/** Cameras of one region that fail within this are one incident, epoch ms. */
export const TOGETHER_MS = 60_000;

/** A camera whose outage is to be raised. */
export interface Ripe {
  cameraId: string;
  regionId: string;
  fromMs: number;
}

/** A group incident that cameras may still join. */
export interface OpenGroup {
  incidentId: string;
  regionId: string;
  /** When its first camera failed. */
  fromMs: number;
}

export interface RaisePlan<T extends Ripe> {
  singles: T[];
  joining: { incidentId: string; members: T[] }[];
  groups: { regionId: string; members: T[] }[];
}

/**
 * What is raised by itself and what together.
 * @param failing outages of the same regions that began lately, `ripe` included: those that are not to be raised yet count
 */
export function planRaises<T extends Ripe>(
  ripe: readonly T[],
  failing: readonly Ripe[],
  open: readonly OpenGroup[],
  groupAt: number,
): RaisePlan<T> {
  const plan: RaisePlan<T> = { singles: [], joining: [], groups: [] };
  const joining = new Map<string, T[]>();
  const groups = new Map<string, T[]>();
  const ofRegion = byRegion(failing);
  for (const camera of ripe) {
    const near = (other: { regionId: string; fromMs: number }): boolean =>
      other.regionId === camera.regionId && Math.abs(other.fromMs - camera.fromMs) <= TOGETHER_MS;
    const group = open.find(near);
    if (group) add(joining, group.incidentId, camera);
    else if ((ofRegion.get(camera.regionId) ?? []).filter(near).length >= groupAt) add(groups, camera.regionId, camera);
    else plan.singles.push(camera);
  }
  plan.joining.push(...[...joining].map(([incidentId, members]) => ({ incidentId, members })));
  plan.groups.push(...[...groups].map(([regionId, members]) => ({ regionId, members })));
  return plan;
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

function byRegion(failing: readonly Ripe[]): Map<string, Ripe[]> {
  const regions = new Map<string, Ripe[]>();
  for (const camera of failing) {
    const region = regions.get(camera.regionId);
    if (region) region.push(camera);
    else regions.set(camera.regionId, [camera]);
  }
  return regions;
}
