import { sql } from 'kysely';

/**
 * When a station should be on air: its own times where it has any, else the election's. Need `stations` and `elections` in the query.
 */
export const plannedOpening = sql<Date>`coalesce(stations.opens_at, elections.opens_at)`;
export const plannedClosing = sql<Date>`coalesce(stations.closes_at, elections.closes_at)`;
export const plannedEnd = sql<Date>`coalesce(stations.count_ends_at, elections.count_ends_at)`;
