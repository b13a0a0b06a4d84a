import { type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Database, Db, Tx } from '@app/database';
import type { PlaceWithin, Scope } from './scope';

/** Where a station is. @returns undefined when there is none */
export async function placeOfStation(db: Db | Tx, stationId: string): Promise<Required<PlaceWithin> | undefined> {
  const row = await db
    .selectFrom('stations')
    .select(['election_id', 'region_id', 'id'])
    .where('id', '=', stationId)
    .executeTakeFirst();
  return row && { electionId: row.election_id, regionId: row.region_id, stationId: row.id };
}

/** Where a camera hangs. @returns undefined when there is none */
export async function placeOfCamera(db: Db | Tx, cameraId: string): Promise<Required<PlaceWithin> | undefined> {
  const row = await db
    .selectFrom('cameras')
    .innerJoin('stations', 'stations.id', 'cameras.station_id')
    .select(['stations.election_id', 'stations.region_id', 'stations.id'])
    .where('cameras.id', '=', cameraId)
    .executeTakeFirst();
  return row && { electionId: row.election_id, regionId: row.region_id, stationId: row.id };
}

/** Limits a query over `stations` to what these scopes reach: `.where((eb) => stationsWithin(eb, reachOf(session, …)))`. */
export function stationsWithin(eb: ExpressionBuilder<Database, 'stations'>, reach: readonly Scope[]): Expression<SqlBool> {
  const each = reach.map((scope): Expression<SqlBool> => {
    switch (scope.kind) {
      case 'all':
        return eb.lit(true);
      case 'election':
        return eb('stations.election_id', '=', scope.electionId);
      case 'region':
        return eb('stations.region_id', 'in', [...scope.regionIds]);
      case 'station':
        return eb('stations.id', '=', scope.stationId);
    }
  });
  return each.length === 0 ? eb.lit(false) : eb.or(each);
}
