import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { ChangeStation, FieldProblem, Station } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { DomainError, InvalidFields } from '@app/platform';
import { CameraAnnouncer } from './camera-announcer';
import { brokenTimes, type OwnTimes, timesAt, timesOf } from './election';
import { Elections } from './elections.service';
import { Stations } from './stations.service';

/** When single stations are open, where it is not as the election says. */
@Injectable()
export class StationCalendar {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly elections: Elections,
    private readonly stations: Stations,
    private readonly announcer: CameraAnnouncer,
  ) {}

  /** Null: as the election. @throws DomainError `station.not-found`, `request.invalid` */
  async change(code: string, change: z.output<typeof ChangeStation>): Promise<Station> {
    const election = await this.elections.requireCurrent();
    await this.db.transaction().execute(async (tx) => {
      const station = await tx
        .selectFrom('stations')
        .select(['id', 'opens_at', 'closes_at', 'count_ends_at'])
        .where('election_id', '=', election.id)
        .where('code', '=', code)
        .forUpdate()
        .executeTakeFirst();
      if (!station) throw new DomainError('station.not-found', 'There is no station with this code.');
      const own: OwnTimes = {
        opens_at: changed(change.opensAt, station.opens_at),
        closes_at: changed(change.closesAt, station.closes_at),
        count_ends_at: changed(change.countEndsAt, station.count_ends_at),
      };
      const problems: FieldProblem[] = brokenTimes(timesAt(own, timesOf(election)));
      if (problems.length > 0) throw new InvalidFields(problems);
      await tx.updateTable('stations').set(own).where('id', '=', station.id).execute();
    });
    await this.announcer.changed([]);
    return this.stations.get(code);
  }
}

function changed(wanted: string | null | undefined, known: Date | null): Date | null {
  if (wanted === undefined) return known;
  return wanted === null ? null : new Date(wanted);
}
