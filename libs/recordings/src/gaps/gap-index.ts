import { Inject, Injectable } from '@nestjs/common';
import { DB, type Db } from '@app/database';
import { plannedEnd, plannedOpening, regionAndBelow, regionPaths } from '@app/elections';
import { DomainError } from '@app/platform';
import type { TimeRange } from '../recorded-segment';
import type { GapRecord } from './uptime';

export interface PlannedCamera {
  cameraId: string;
  name: string;
  planned: TimeRange;
  /** Epoch ms; before it each planned moment is on record or in a gap. */
  coveredUntil: number;
}

/** A gap with where it is, as lists of all gaps show it. */
export interface PlacedGap extends GapRecord {
  regionId: string;
  stationCode: string;
  stationName: string;
  cameraId: string;
  cameraName: string;
  position: number;
}

/** The gaps on record, and what was planned. Costs what there are of gaps, not of footage. */
@Injectable()
export class GapIndex {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** In the order of their positions. */
  async cameras(ids: readonly string[]): Promise<PlannedCamera[]> {
    if (ids.length === 0) return [];
    const rows = await this.planned()
      .where('cameras.id', 'in', ids)
      .leftJoin('gap_progress', 'gap_progress.camera_id', 'cameras.id')
      .select(['cameras.id', 'cameras.name', 'gap_progress.covered_until'])
      .select([plannedOpening.as('opens_at'), plannedEnd.as('ends_at')])
      .orderBy('cameras.position')
      .execute();
    return rows.map((row) => ({
      cameraId: row.id,
      name: row.name,
      planned: { from: row.opens_at.getTime(), to: row.ends_at.getTime() },
      coveredUntil: (row.covered_until ?? row.opens_at).getTime(),
    }));
  }

  /** Each camera's gaps that touch the range, in the order of time. */
  async gaps(ids: readonly string[], { from, to }: TimeRange): Promise<Map<string, GapRecord[]>> {
    const found = new Map<string, GapRecord[]>(ids.map((id) => [id, []]));
    if (ids.length === 0) return found;
    const rows = await this.db
      .selectFrom('gaps')
      .selectAll()
      .where('camera_id', 'in', ids)
      .where('from_at', '<', new Date(to))
      .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', new Date(from))]))
      .orderBy('from_at')
      .execute();
    for (const row of rows) found.get(row.camera_id)?.push(toRecord(row));
    return found;
  }

  /**
   * All gaps of an election that touch the range, by station, camera and time.
   * @param regions only of stations in these
   */
  async page(
    electionId: string,
    { from, to }: TimeRange,
    regions: readonly string[] | undefined,
    after: PlacedGap | undefined,
    limit: number,
  ): Promise<PlacedGap[]> {
    let query = this.planned()
      .innerJoin('gaps', 'gaps.camera_id', 'cameras.id')
      .where('stations.election_id', '=', electionId)
      .where('gaps.from_at', '<', new Date(to))
      .where((eb) => eb.or([eb('gaps.to_at', 'is', null), eb('gaps.to_at', '>', new Date(from))]));
    if (regions) query = query.where('stations.region_id', 'in', regions);
    if (after)
      query = query.where((eb) =>
        eb(
          eb.refTuple('stations.code', 'cameras.position', 'cameras.id', 'gaps.from_at'),
          '>',
          eb.tuple(after.stationCode, after.position, after.cameraId, new Date(after.from)),
        ),
      );
    const rows = await query
      .select(['stations.region_id', 'stations.code', 'stations.name as station_name', 'cameras.name', 'cameras.position'])
      .select(['gaps.camera_id', 'gaps.from_at', 'gaps.to_at', 'gaps.cause', 'gaps.actor_id'])
      .orderBy('stations.code')
      .orderBy('cameras.position')
      .orderBy('cameras.id')
      .orderBy('gaps.from_at')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      ...toRecord(row),
      regionId: row.region_id,
      stationCode: row.code,
      stationName: row.station_name,
      cameraId: row.camera_id,
      cameraName: row.name,
      position: row.position,
    }));
  }

  /** A region and those below it. @throws DomainError `region.not-found` */
  async regions(electionId: string, region: string): Promise<string[]> {
    const regions = await regionAndBelow(this.db, electionId, region);
    if (regions.length === 0) throw new DomainError('region.not-found', 'There is no such region in this election.');
    return regions;
  }

  /** Names from the outermost region down. */
  regionNames(ids: readonly string[]): Promise<Map<string, string[]>> {
    return regionPaths(this.db, ids);
  }

  private planned() {
    return this.db
      .selectFrom('cameras')
      .innerJoin('stations', 'stations.id', 'cameras.station_id')
      .innerJoin('elections', 'elections.id', 'stations.election_id');
  }
}

function toRecord(row: Pick<GapRecord, 'cause'> & { from_at: Date; to_at: Date | null; actor_id: string | null }): GapRecord {
  return { from: row.from_at.getTime(), to: row.to_at?.getTime() ?? null, cause: row.cause, actorId: row.actor_id };
}
