import { hasAccess, type HeldGrant, type PlaceWithin, reachOf, requireAccess, type Rights } from '@app/access';
import type { Permission, Session } from '@app/contracts';
import { PERMISSIONS } from '@app/contracts';
import type { Db, Row, Tx } from '@app/database';
import { sql, type SqlBool } from 'kysely';
import type { Case, Person } from './case';
import { notFound } from './case-store';
import { sameOrganisation } from './rules';

/** Who acts: the account of a session and what it may do. */
export type Actor = Pick<Session, 'user'> & Rights & { steppedUp: boolean };

export function placeOfIncident(row: Pick<Row<'incidents'>, 'election_id' | 'region_id' | 'station_id'>): Required<PlaceWithin> {
  return { electionId: row.election_id, regionId: row.region_id, stationId: row.station_id };
}

/** How somebody sees an incident: as staff of its place, as its reporter, or as one of the reporter's organisation. */
export type Seen = 'staff' | 'reporter' | 'organisation';

/** The person as the rules see them, at the place of the incident. */
export async function personAt(db: Db | Tx, actor: Pick<Actor, 'user'> & Rights, row: Row<'incidents'>): Promise<Person> {
  const place = placeOfIncident(row);
  const account = await db
    .selectFrom('users')
    .select(['organisation', 'commission_station_id'])
    .where('id', '=', actor.user.id)
    .executeTakeFirst();
  return {
    kind: 'user',
    id: actor.user.id,
    permissions: PERMISSIONS.filter((permission) => hasAccess(actor, permission, place)),
    organisation: account?.organisation ?? null,
    commissionStationId: account?.commission_station_id ?? null,
  };
}

/** @throws DomainError `incident.not-found`: what may not be read does not exist */
export function seenAs(person: Person, { reporterId }: Case, organisation: string | null): Seen {
  if (person.permissions.includes('incident.read-all')) return 'staff';
  if (person.id === reporterId) return 'reporter';
  const isTheirs = organisation !== null && person.organisation !== null && sameOrganisation(organisation, person.organisation);
  if (isTheirs && person.permissions.includes('incident.read-own')) return 'organisation';
  throw notFound();
}

/** The grant by which somebody did what the table lets `who` do; null where it was their own report. */
export function grantBy(actor: Rights, who: string, row: Row<'incidents'>): HeldGrant | null {
  const permission: Permission = who === 'reporter' ? 'incident.flag' : (who as Permission);
  return hasAccess(actor, permission, placeOfIncident(row)) ? requireAccess(actor, permission, placeOfIncident(row)) : null;
}

/** Limits a query over `incidents` to what the actor may read. */
export function readableBy(actor: Pick<Actor, 'user'> & Rights, organisation: string | null) {
  const parts = reachOf(actor, 'incident.read-all').map((scope) => {
    if (scope.kind === 'all') return sql<SqlBool>`true`;
    if (scope.kind === 'election') return sql<SqlBool>`incidents.election_id = ${scope.electionId}`;
    if (scope.kind === 'region') return sql<SqlBool>`incidents.region_id = any(${[...scope.regionIds]}::uuid[])`;
    return sql<SqlBool>`incidents.station_id = ${scope.stationId}`;
  });
  if (parts.length === 0) {
    parts.push(sql<SqlBool>`incidents.reporter_id = ${actor.user.id}`);
    if (organisation !== null) parts.push(sql<SqlBool>`lower(incidents.reporter_organisation) = lower(${organisation})`);
  }
  return sql<SqlBool>`(${sql.join(parts, sql` or `)})`;
}
