/** Where something happens. A station lies in a region, a region in an election. */
export interface PlaceWithin {
  electionId: string;
  regionId?: string;
  stationId?: string;
}

/** What concerns the whole deployment and not one place, such as accounts: only a grant for everything covers it. */
export const EVERYWHERE = 'everywhere';
export type Place = PlaceWithin | typeof EVERYWHERE;

/** What a grant reaches, as it was read with the session. */
export type Scope =
  | { kind: 'all' }
  | { kind: 'election'; electionId: string }
  /** `regionIds`: the region and all below it. */
  | { kind: 'region'; electionId: string; regionId: string; regionIds: readonly string[] }
  | { kind: 'station'; electionId: string; regionId: string; stationId: string };

/** Whether the whole of `place` lies in the scope. What a place leaves open is not covered by a narrower scope. */
export function covers(scope: Scope, place: Place): boolean {
  if (scope.kind === 'all') return true;
  if (place === EVERYWHERE || scope.electionId !== place.electionId) return false;
  switch (scope.kind) {
    case 'election':
      return true;
    case 'region':
      return place.regionId !== undefined && scope.regionIds.includes(place.regionId);
    case 'station':
      return place.stationId === scope.stationId;
  }
}

/** The scope as a place: what another scope has to cover to hold all of it. */
export function placeOf(scope: Scope): Place {
  switch (scope.kind) {
    case 'all':
      return EVERYWHERE;
    case 'election':
      return { electionId: scope.electionId };
    case 'region':
      return { electionId: scope.electionId, regionId: scope.regionId };
    case 'station':
      return { electionId: scope.electionId, regionId: scope.regionId, stationId: scope.stationId };
  }
}

/** What two scopes have in common: elections, regions and stations are a tree, so it is the narrower one or nothing. */
export function narrower(one: Scope, other: Scope): Scope | undefined {
  if (covers(one, placeOf(other))) return other;
  return covers(other, placeOf(one)) ? one : undefined;
}
