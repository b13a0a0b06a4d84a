import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db } from '@app/database';
import { plannedOnAir } from '@app/elections';

/** Whether a camera should be broadcasting now. Needs `cameras`, `stations` and `elections` in the query. */
export const isDesired = sql<boolean>`(cameras.enabled and ${plannedOnAir(sql`now()`)})`;

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
