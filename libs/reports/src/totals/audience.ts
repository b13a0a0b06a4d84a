import { hasAccess, reachOf, requireAccess, type Scope, stationsWithin } from '@app/access';
import type { Audience } from '@app/contracts';
import type { Db } from '@app/database';
import { sql, type SqlBool } from 'kysely';
import { organisationOf, type Reporter } from '../reporters';

/** Whose observations somebody reads, and of which stations. */
export interface Reading {
  audience: Audience;
  reach: readonly Scope[];
  /** For a query that has `report_observations as observations`. */
  ofObservations: ReturnType<typeof sql<SqlBool>>;
  /** For a query that has `device_checks as checks`. */
  ofChecks: ReturnType<typeof sql<SqlBool>>;
}

/**
 * Commissions and auditors read all missions of their place, but never few stations; an observer reads what the own
 * organisation observed, whole.
 * @throws DomainError `access.denied`
 */
export async function readingOf(db: Db, reporter: Reporter): Promise<Reading> {
  if (hasAccess(reporter, 'report.read')) {
    const everyone = sql<SqlBool>`true`;
    return { audience: 'outside', reach: reachOf(reporter, 'report.read'), ofObservations: everyone, ofChecks: everyone };
  }
  requireAccess(reporter, 'report.fill');
  const organisation = await organisationOf(db, reporter.user.id);
  const own = (table: string) => {
    const [by, of] = [sql.ref(`${table}.reporter_id`), sql.ref(`${table}.organisation`)];
    if (organisation === null) return sql<SqlBool>`${by} = ${reporter.user.id}::uuid`;
    return sql<SqlBool>`(${by} = ${reporter.user.id}::uuid or ${missionKey(of)} = ${missionKey(sql`${organisation}::text`)})`;
  };
  return { audience: 'mission', reach: [{ kind: 'all' }], ofObservations: own('observations'), ofChecks: own('checks') };
}

/** As `isOfMission` compares names. */
const missionKey = (name: ReturnType<typeof sql>) => sql`lower(regexp_replace(btrim(${name}), '\\s+', ' ', 'g'))`;

/** Stations of an election that somebody reads about, each with its region. */
export function stationsRead(db: Db, { reach }: Pick<Reading, 'reach'>, electionId: string) {
  return db
    .selectFrom('stations')
    .select(['stations.id', 'stations.region_id'])
    .where('stations.election_id', '=', electionId)
    .where((eb) => stationsWithin(eb, reach));
}
