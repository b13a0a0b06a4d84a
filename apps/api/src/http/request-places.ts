import { Inject, Injectable } from '@nestjs/common';
import { EVERYWHERE, type Place, placeOfCamera, type PlaceWithin } from '@app/access';
import type { PlaceInPath } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Elections } from '@app/elections';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where the camera or station lies that a request names. */
@Injectable()
export class RequestPlaces {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly elections: Elections,
  ) {}

  /** @returns undefined when there is none: the handler says so */
  async of(at: PlaceInPath, params: Record<string, unknown>): Promise<Place | undefined> {
    if (at === 'everywhere') return EVERYWHERE;
    const { id, cameraId, code } = params;
    if (at === 'station') return typeof code === 'string' ? this.ofStation(code) : undefined;
    const camera = cameraId ?? id;
    return typeof camera === 'string' && UUID.test(camera) ? placeOfCamera(this.db, camera) : undefined;
  }

  /** By its code in the election of the day. */
  async ofStation(code: string): Promise<PlaceWithin | undefined> {
    const election = await this.elections.requireCurrent();
    const row = await this.db
      .selectFrom('stations')
      .select(['id', 'region_id'])
      .where('election_id', '=', election.id)
      .where('code', '=', code)
      .executeTakeFirst();
    return row && { electionId: election.id, regionId: row.region_id, stationId: row.id };
  }
}
