import type { AccreditationScope, ScopeWords } from '@app/contracts';
import type { Db, Tx } from '@app/database';
import { regionPaths } from '@app/elections';
import { DomainError } from '@app/platform';

/** A scope as it is stored; ids of regions or stations, none for the whole election. */
export interface StoredScope {
  scope_kind: AccreditationScope['kind'];
  scope_ids: string[];
}

/** A place that a scope names: what a decider must be allowed to decide for. */
export interface ScopePlace {
  electionId: string;
  regionId?: string;
  stationId?: string;
}

/** Stations by their ids instead of numbers. @throws DomainError `accreditation.scope-unknown` */
export async function toStored(db: Db | Tx, electionId: string, scope: AccreditationScope): Promise<StoredScope> {
  switch (scope.kind) {
    case 'election':
      return { scope_kind: 'election', scope_ids: [] };
    case 'regions': {
      const ids = [...new Set(scope.regions)];
      await requireRegions(db, electionId, ids);
      return { scope_kind: 'regions', scope_ids: ids };
    }
    case 'stations': {
      const codes = [...new Set(scope.stations)];
      const rows = await db
        .selectFrom('stations')
        .select(['id', 'code'])
        .where('election_id', '=', electionId)
        .where('code', 'in', codes)
        .execute();
      const missing = codes.find((code) => !rows.some((row) => row.code === code));
      if (missing !== undefined) throw unknownPlace(`There is no station ${missing} in this election.`);
      return { scope_kind: 'stations', scope_ids: rows.map((row) => row.id) };
    }
  }
}

/** @throws DomainError `accreditation.scope-unknown` */
export async function requireRegions(db: Db | Tx, electionId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const rows = await db
    .selectFrom('regions')
    .select('id')
    .where('election_id', '=', electionId)
    .where('id', 'in', [...ids])
    .execute();
  if (rows.length < new Set(ids).size) throw unknownPlace('A region is none of this election.');
}

/** The scope as people name it and as an approval would ask for it. */
export async function toWords(
  db: Db | Tx,
  { scope_kind, scope_ids }: StoredScope,
): Promise<{ scope: AccreditationScope; words: ScopeWords }> {
  switch (scope_kind) {
    case 'election':
      return { scope: { kind: 'election' }, words: { kind: 'election', places: [] } };
    case 'regions': {
      const paths = await regionPaths(db, scope_ids);
      return {
        scope: { kind: 'regions', regions: scope_ids },
        words: { kind: 'regions', places: scope_ids.map((id) => (paths.get(id) ?? []).join(' / ')).sort() },
      };
    }
    case 'stations': {
      const rows = await db.selectFrom('stations').select('code').where('id', 'in', scope_ids).orderBy('code').execute();
      const codes = rows.map((row) => row.code);
      return { scope: { kind: 'stations', stations: codes }, words: { kind: 'stations', places: codes } };
    }
  }
}

/** All places of a scope. */
export async function placesOf(db: Db | Tx, electionId: string, { scope_kind, scope_ids }: StoredScope): Promise<ScopePlace[]> {
  if (scope_kind === 'election') return [{ electionId }];
  if (scope_kind === 'regions') return scope_ids.map((regionId) => ({ electionId, regionId }));
  const rows = await db.selectFrom('stations').select(['id', 'region_id']).where('id', 'in', scope_ids).execute();
  return rows.map((row) => ({ electionId, regionId: row.region_id, stationId: row.id }));
}

function unknownPlace(message: string): DomainError {
  return new DomainError('accreditation.scope-unknown', message);
}
