import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db } from '@app/database';
import { BEFORE_OPENING_LEAD_MS } from '@app/elections';

/** Whether the election of a row is on air: from shortly before opening to the end of the count. Needs `elections` in the query. */
export const isOnAir = sql<boolean>`(now() >= elections.opens_at - make_interval(secs => ${sql.lit(BEFORE_OPENING_LEAD_MS / 1000)}) and now() < elections.count_ends_at)`;

/** Whether a camera should be broadcasting now. Needs `cameras` and `elections` in the query. */
export const isDesired = sql<boolean>`(cameras.enabled and ${isOnAir})`;

@Injectable()
export class DesiredCameras {
  constructor(@Inject(DB) private readonly db: Db) {}

  async isDesired(cameraId: string): Promise<boolean> {
    const row = await this.db
      .selectFrom('cameras')
      .innerJoin('stations', 'stations.id', 'cameras.station_id')
      .innerJoin('elections', 'elections.id', 'stations.election_id')
      .select(isDesired.as('desired'))
      .where('cameras.id', '=', cameraId)
      .executeTakeFirst();
    return row?.desired ?? false;
  }
}
