import type { Db } from '@app/database';
import { DomainError } from '@app/platform';
import { regionAndBelow } from './region-paths';
import { searchPatterns } from './search-text';

/**
 * Stations of an election whose number, name, address or region holds every word of `q`, in `region` or below it.
 * @throws DomainError `region.not-found`
 */
export async function matchingStations(db: Db, electionId: string, { q, region }: { q?: string; region?: string }) {
  let matching = db.selectFrom('stations').where('stations.election_id', '=', electionId);
  for (const pattern of searchPatterns(q)) matching = matching.where('stations.search_text', 'like', pattern);
  if (region === undefined) return matching;
  const regions = await regionAndBelow(db, electionId, region);
  if (regions.length === 0) throw new DomainError('region.not-found', 'There is no such region in this election.');
  return matching.where('stations.region_id', 'in', regions);
}
