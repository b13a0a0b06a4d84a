import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db } from '@app/database';
import { Clock } from '@app/platform';
import type { EventPlace } from './rooms';

const KEEP_MS = 60_000;
const MAX_KEPT = 5_000;

/** Where cameras are, for the rooms of events. Kept for a minute: flags come in bursts from one station. */
@Injectable()
export class EventPlaces {
  private readonly kept = new Map<string, { place: Promise<EventPlace | undefined>; until: number }>();

  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  async ofCamera(cameraId: string): Promise<EventPlace | undefined> {
    const now = this.clock.monotonicMs();
    const known = this.kept.get(cameraId);
    if (known && known.until > now) return known.place;
    if (this.kept.size >= MAX_KEPT) this.kept.clear();
    const place = this.read(cameraId);
    this.kept.set(cameraId, { place, until: now + KEEP_MS });
    place.catch(() => this.kept.delete(cameraId));
    return place;
  }

  private async read(cameraId: string): Promise<EventPlace | undefined> {
    const { rows } = await sql<{ election_id: string; region_ids: string[]; station_id: string }>`
      select stations.election_id, stations.id as station_id, array(
        with recursive above as (
          select id, parent_id from regions where id = stations.region_id
          union all select regions.id, regions.parent_id from regions join above on regions.id = above.parent_id)
        select id from above) as region_ids
      from cameras join stations on stations.id = cameras.station_id where cameras.id = ${cameraId}`.execute(this.db);
    const [row] = rows;
    return row && { electionId: row.election_id, regionIds: row.region_ids, stationId: row.station_id };
  }
}
