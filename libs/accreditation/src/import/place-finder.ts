import type { Tx } from '@app/database';
import type { StoredScope } from '../scopes';
import type { WantedPlaces } from './person-row';

export type FoundPlaces =
  { kind: 'scope'; scope: StoredScope } | { kind: 'unknown'; column: 'regions' | 'stations'; message: string };

/** Finds the places of an election by the names and numbers that people write. */
export class PlaceFinder {
  private constructor(
    private readonly regions: ReadonlyMap<string, string>,
    private readonly stations: ReadonlyMap<string, string>,
  ) {}

  /** Knows all regions, and of the stations those that are asked for. */
  static async of(tx: Tx, electionId: string, wanted: readonly WantedPlaces[]): Promise<PlaceFinder> {
    const codes = [...new Set(wanted.flatMap((places) => (places.kind === 'stations' ? places.codes : [])))];
    const [regions, stations] = await Promise.all([
      tx.selectFrom('regions').select(['id', 'parent_id', 'name']).where('election_id', '=', electionId).execute(),
      tx
        .selectFrom('stations')
        .select(['id', 'code'])
        .where('election_id', '=', electionId)
        .where((eb) => eb('code', '=', eb.fn.any(eb.val(codes))))
        .execute(),
    ]);
    const byPlace = new Map(regions.map((row) => [placeKey(row.parent_id, row.name), row.id]));
    return new PlaceFinder(byPlace, new Map(stations.map((row) => [row.code, row.id])));
  }

  find(wanted: WantedPlaces): FoundPlaces {
    switch (wanted.kind) {
      case 'election':
        return { kind: 'scope', scope: { scope_kind: 'election', scope_ids: [] } };
      case 'regions': {
        const ids = wanted.paths.map((path) => this.region(path));
        const missing = wanted.paths[ids.indexOf(undefined)];
        if (missing)
          return { kind: 'unknown', column: 'regions', message: `There is no region ${missing.join('/').slice(0, 200)}.` };
        return { kind: 'scope', scope: { scope_kind: 'regions', scope_ids: ids.filter((id) => id !== undefined) } };
      }
      case 'stations': {
        const missing = wanted.codes.find((code) => !this.stations.has(code));
        if (missing !== undefined) return { kind: 'unknown', column: 'stations', message: `There is no station ${missing}.` };
        return {
          kind: 'scope',
          scope: { scope_kind: 'stations', scope_ids: wanted.codes.map((code) => this.stations.get(code) as string) },
        };
      }
    }
  }

  private region(path: readonly string[]): string | undefined {
    let id: string | undefined;
    for (const [depth, name] of path.entries()) {
      id = this.regions.get(placeKey(depth === 0 ? null : (id ?? null), name));
      if (id === undefined) return undefined;
    }
    return id;
  }
}

const placeKey = (parentId: string | null, name: string): string => `${parentId ?? ''} ${name}`;
