import type { PlaceWithin } from '@app/access';
import type { Db, Tx } from '@app/database';
import { plannedOpening } from '@app/elections';
import { DomainError } from '@app/platform';

export interface ReportedStation {
  place: Required<PlaceWithin>;
  code: string;
  name: string;
  timezone: string;
  opensAt: Date;
}

/** @throws DomainError `station.not-found` */
export async function stationByCode(db: Db | Tx, electionId: string, code: string): Promise<ReportedStation> {
  const row = await db
    .selectFrom('stations')
    .innerJoin('elections', 'elections.id', 'stations.election_id')
    .select(['stations.id', 'stations.region_id', 'stations.code', 'stations.name', 'stations.timezone'])
    .select(plannedOpening.as('opens_at'))
    .where('stations.election_id', '=', electionId)
    .where('stations.code', '=', code)
    .executeTakeFirst();
  if (!row) throw new DomainError('station.not-found', 'There is no such station.');
  const place = { electionId, regionId: row.region_id, stationId: row.id };
  return { place, code: row.code, name: row.name, timezone: row.timezone, opensAt: row.opens_at };
}
