import { type Expression, sql } from 'kysely';
import { BEFORE_OPENING_LEAD_MS, type ElectionRow } from './election';

/**
 * When a station should be on air: its own times where it has any, else the election's. Need `stations` and `elections` in the query.
 */
export const plannedOpening = sql<Date>`coalesce(stations.opens_at, elections.opens_at)`;
export const plannedClosing = sql<Date>`coalesce(stations.closes_at, elections.closes_at)`;
export const plannedEnd = sql<Date>`coalesce(stations.count_ends_at, elections.count_ends_at)`;

const LEAD = sql`make_interval(secs => ${sql.lit(BEFORE_OPENING_LEAD_MS / 1000)})`;

/** Whether a station's cameras should be on air at a moment: from shortly before it opens to the end of its count. */
export const plannedOnAir = (now: Expression<unknown>) =>
  sql<boolean>`(${now} >= ${plannedOpening} - ${LEAD} and ${now} < ${plannedEnd})`;

/** The same of the stations of one election, whose times are known. Needs `stations` in the query. */
export const onAirIn = (election: ElectionRow, now: Date) =>
  sql<boolean>`(${now} >= coalesce(stations.opens_at, ${election.opens_at}) - ${LEAD} and ${now} < coalesce(stations.count_ends_at, ${election.count_ends_at}))`;
