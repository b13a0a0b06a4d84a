import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { requireAccess } from '@app/access';
import { Id, Instant, type Observation, type ObservationDetail, type ObservationQuery, type Page } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Elections, fromCursor, toCursor } from '@app/elections';
import { sql } from 'kysely';
import type { Reporter } from '../reporters';
import { newestObservations, notFound, toObservation } from './observation-view';

const Key = z.tuple([Instant, Id]);

/** One's own filled forms: what a single station answered is nobody else's to read here. */
@Injectable()
export class ObservationQueries {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly elections: Elections,
  ) {}

  /** Of the election of the day, newest first. @throws DomainError `access.denied`, `request.malformed` */
  async list(reporter: Reporter, { form, station, limit, cursor }: ObservationQuery): Promise<Page<Observation>> {
    requireAccess(reporter, 'report.fill');
    const after = fromCursor(Key, cursor);
    const election = await this.elections.requireCurrent();
    let own = newestObservations(this.db)
      .where('observations.reporter_id', '=', reporter.user.id)
      .where('observations.election_id', '=', election.id);
    if (form !== undefined) own = own.where('observations.form', '=', form);
    if (station !== undefined) own = own.where('stations.code', '=', station);
    const { total } = await this.db
      .selectFrom(own.as('own'))
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    let query = own
      .orderBy('newest.observed_at', 'desc')
      .orderBy('observations.id', 'desc')
      .limit(limit + 1);
    if (after)
      query = query.where(sql<boolean>`(newest.observed_at, observations.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
    const items = (await query.execute()).map(toObservation);
    const more = items.length > limit;
    const last = items[limit - 1];
    return { items: items.slice(0, limit), nextCursor: more && last ? toCursor([last.observedAt, last.id]) : null, total };
  }

  /** @throws DomainError `access.denied`, `report.not-found` */
  async get(reporter: Reporter, id: string): Promise<ObservationDetail> {
    requireAccess(reporter, 'report.fill');
    const row = await newestObservations(this.db)
      .where('observations.id', '=', id)
      .where('observations.reporter_id', '=', reporter.user.id)
      .executeTakeFirst();
    if (!row) throw notFound();
    const versions = await this.db
      .selectFrom('report_observation_versions')
      .select(['version', 'answers', 'received_at', 'reason'])
      .where('observation_id', '=', id)
      .orderBy('version')
      .execute();
    const told = versions.map(({ received_at, ...version }) => ({ ...version, receivedAt: received_at.toISOString() }));
    return { ...toObservation(row), versions: told };
  }
}
