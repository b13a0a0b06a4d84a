import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Page, Station, StationQuery } from '@app/contracts';
import { DB, type Db, type Row } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { type CameraRow } from './camera-view';
import { cameraRows } from './camera-rows';
import { fromCursor, toCursor } from './cursor';
import { type ElectionRow, type ElectionTimes, timesOf } from './election';
import { Elections } from './elections.service';
import { matchingStations } from './matching-stations';
import { onAirIn } from './planned-times';
import { regionPaths } from './region-paths';
import { toStation } from './station-view';

type Query = z.output<typeof StationQuery>;
const StationCursor = z.tuple([z.string().max(40)]);

@Injectable()
export class Stations {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly elections: Elections,
  ) {}

  /** Stations of the election of the day by their code. @throws DomainError `election.not-found`, `region.not-found` */
  async list(query: Query): Promise<Page<Station>> {
    const [after] = fromCursor(StationCursor, query.cursor) ?? [];
    const election = await this.elections.requireCurrent();
    const matching = await this.matching(election, query);
    const [rows, { total }] = await Promise.all([
      matching
        .selectAll('stations')
        .$if(after !== undefined, (qb) => qb.where('stations.code', '>', after as string))
        .orderBy('stations.code')
        .limit(query.limit + 1)
        .execute(),
      matching.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    ]);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      items: await this.withCameras(page, timesOf(election)),
      nextCursor: rows.length > page.length && last ? toCursor([last.code]) : null,
      total,
    };
  }

  /** @throws DomainError `station.not-found` */
  async get(code: string): Promise<Station> {
    const election = await this.elections.requireCurrent();
    const row = await this.db
      .selectFrom('stations')
      .selectAll()
      .where('election_id', '=', election.id)
      .where('code', '=', code)
      .executeTakeFirst();
    if (!row) throw new DomainError('station.not-found', 'There is no station with this code.');
    const [station] = await this.withCameras([row], timesOf(election));
    return station as Station;
  }

  private async matching(election: ElectionRow, { q, region, state }: Query) {
    const all = await matchingStations(this.db, election.id, { q, region });
    if (state === undefined) return all;
    const isOnAir = onAirIn(election, this.clock.now());
    if (state === 'planned-off') return all.where((eb) => eb.or([eb('stations.cameras_on', '=', 0), eb.not(isOnAir)]));
    const matching = all.where(isOnAir);
    switch (state) {
      case 'live':
        return matching.where('stations.cameras_on', '>', 0).whereRef('stations.cameras_live', '=', 'stations.cameras_on');
      case 'partly-live':
        return matching.where('stations.cameras_live', '>', 0).whereRef('stations.cameras_live', '<', 'stations.cameras_on');
      case 'down':
        return matching.where('stations.cameras_on', '>', 0).where('stations.cameras_live', '=', 0);
    }
  }

  private async withCameras(rows: Row<'stations'>[], election: ElectionTimes): Promise<Station[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const [cameras, paths] = await Promise.all([
      cameraRows(this.db).where('cameras.station_id', 'in', ids).orderBy('cameras.position').execute(),
      regionPaths(
        this.db,
        rows.map((row) => row.region_id),
      ),
    ]);
    const byStation = new Map<string, CameraRow[]>(ids.map((id) => [id, []]));
    for (const camera of cameras) byStation.get(camera.station_id)?.push(camera);
    const now = this.clock.now();
    return rows.map((row) => toStation(row, paths.get(row.region_id) ?? [], byStation.get(row.id) ?? [], election, now));
  }
}
