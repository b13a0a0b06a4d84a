import type { Audience, Coverage } from '@app/contracts';
import type { Db } from '@app/database';
import { sql } from 'kysely';
import { type Reading, stationsRead } from '../totals/audience';
import { allFigures, shownFigures } from '../totals/few-stations';
import type { RegionGroups } from '../totals/region-groups';

export interface CoverageRow {
  group_id: string;
  stations: number;
  visited: number;
}

/** Stations of each region, and those of which somebody sent a form of any kind. */
export async function coverageRows(
  db: Db,
  reading: Reading,
  electionId: string,
  { groupOf }: RegionGroups,
): Promise<CoverageRow[]> {
  const [regionIds, groupIds] = [[...groupOf.keys()], [...groupOf.values()]];
  const { rows } = await sql<CoverageRow>`
    select placed.group_id, count(*) as stations, count(*) filter (where exists (
      select from report_observations observations
      where observations.station_id = read.id and observations.election_id = ${electionId} and ${reading.ofObservations})) as visited
    from (${stationsRead(db, reading, electionId)}) read
    join (select unnest(${regionIds}::uuid[]) as region_id, unnest(${groupIds}::uuid[]) as group_id) placed
      on placed.region_id = read.region_id
    group by placed.group_id`.execute(db);
  return rows;
}

/** As it is shown: visited stations outside the mission only where they are not few. */
export function buildCoverage(audience: Audience, groups: RegionGroups['groups'], rows: readonly CoverageRow[]): Coverage {
  const of = (id: string): CoverageRow => rows.find((row) => row.group_id === id) ?? { group_id: id, stations: 0, visited: 0 };
  const show = audience === 'outside' ? shownFigures : allFigures;
  const shown = show(groups.map(({ id }) => ({ id, stations: of(id).visited })));
  return {
    stations: rows.reduce((sum, { stations }) => sum + stations, 0),
    visited: shown.total ? rows.reduce((sum, { visited }) => sum + visited, 0) : null,
    regions: groups.map(({ id, name }) => {
      const { stations, visited } = of(id);
      return { id, name, stations, visited: shown.regions.has(id) ? visited : null };
    }),
  };
}
