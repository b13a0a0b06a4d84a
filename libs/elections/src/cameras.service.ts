import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type Scope, stationsWithin } from '@app/access';
import type { ManagedCamera, Page, StationQuery } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { cameraRows } from './camera-rows';
import { toManagedCamera } from './camera-view';
import { fromCursor, toCursor } from './cursor';
import { timesOf } from './election';
import { Elections } from './elections.service';
import { matchingStations } from './matching-stations';

type Query = Omit<z.output<typeof StationQuery>, 'state'>;
const CameraCursor = z.tuple([z.string().max(40), z.number().int(), z.uuid()]);

/** Cameras as staff sees them. Writing is `CameraRegistry`'s. */
@Injectable()
export class Cameras {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly elections: Elections,
  ) {}

  /**
   * By station code and position.
   * @param reach the scopes whose cameras are listed
   * @throws DomainError `election.not-found`, `region.not-found`
   */
  async list(query: Query, reach: readonly Scope[]): Promise<Page<ManagedCamera>> {
    const after = fromCursor(CameraCursor, query.cursor);
    const election = await this.elections.requireCurrent();
    const stations = (await matchingStations(this.db, election.id, query))
      .where((eb) => stationsWithin(eb, reach))
      .select('stations.id');
    const [rows, { total }] = await Promise.all([
      cameraRows(this.db)
        .where('stations.id', 'in', stations)
        .$if(after !== undefined, (qb) =>
          qb.where((eb) =>
            eb(eb.refTuple('stations.code', 'cameras.position', 'cameras.id'), '>', eb.tuple(...(after ?? ['', 0, '']))),
          ),
        )
        .orderBy('stations.code')
        .orderBy('cameras.position')
        .orderBy('cameras.id')
        .limit(query.limit + 1)
        .execute(),
      this.db
        .selectFrom('cameras')
        .where('cameras.station_id', 'in', stations)
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow(),
    ]);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const now = this.clock.now();
    return {
      items: page.map((row) => toManagedCamera(row, timesOf(election), now)),
      nextCursor: rows.length > page.length && last ? toCursor([last.station_code, last.position, last.id]) : null,
      total,
    };
  }

  /** @throws DomainError `camera.not-found` */
  async get(id: string): Promise<ManagedCamera> {
    const election = await this.elections.requireCurrent();
    const row = await cameraRows(this.db).where('cameras.id', '=', id).executeTakeFirst();
    if (!row) throw new DomainError('camera.not-found', 'There is no such camera.');
    return toManagedCamera(row, timesOf(election), this.clock.now());
  }
}
