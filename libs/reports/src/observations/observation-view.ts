import type { Observation } from '@app/contracts';
import type { Db, Tx } from '@app/database';
import { DomainError } from '@app/platform';
import { sql } from 'kysely';

/** What is not one's own does not exist. */
export const notFound = (): DomainError => new DomainError('report.not-found', 'There is no such form of yours.');

/** Each filled form with its newest version: `observations`, `newest` and `stations`. */
export function newestObservations(db: Db | Tx) {
  return db
    .selectFrom('report_observations as observations')
    .innerJoin('stations', 'stations.id', 'observations.station_id')
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('report_observation_versions as versions')
          .selectAll()
          .whereRef('versions.observation_id', '=', 'observations.id')
          .orderBy('versions.version', 'desc')
          .limit(1)
          .as('newest'),
      (join) => join.onTrue(),
    )
    .select(['observations.id', 'observations.form', 'stations.code', 'stations.name', 'stations.timezone'])
    .select(['newest.version', 'newest.form_version', 'newest.answers', 'newest.concerns'])
    .select(['newest.observed_at', 'newest.received_at as newest_at'])
    .select(
      sql<Date>`(select received_at from report_observation_versions
        where observation_id = observations.id and version = 1)`.as('received_at'),
    );
}

type NewestRow = Awaited<ReturnType<ReturnType<typeof newestObservations>['executeTakeFirstOrThrow']>>;

export function toObservation(row: NewestRow): Observation {
  return {
    id: row.id,
    station: { code: row.code, name: row.name, timezone: row.timezone },
    form: row.form,
    formVersion: row.form_version,
    version: row.version,
    answers: row.answers,
    concerns: row.concerns,
    observedAt: row.observed_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    correctedAt: row.version === 1 ? null : row.newest_at.toISOString(),
  };
}
