import { type CurrentSession, type HeldGrant, reachOf, requireAccess } from '@app/access';
import type { Database, Db, Tx } from '@app/database';
import { DomainError } from '@app/platform';
import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely';
import type { AccreditationRow } from './accreditation-rows';
import { nameKey } from './organisations';
import type { ScopePlace } from './scopes';

const PERMISSION = 'accreditation.decide';
/** What of a session decides here. */
export type Decider = Pick<CurrentSession, 'user' | 'permissions' | 'grants' | 'steppedUp'>;

/**
 * Line one of everything that is done with one application: a decider of the whole election, or of each region that
 * it asks for.
 * @returns the grant that allows it
 * @throws DomainError `access.denied`
 */
export function requireDecider(session: Decider, row: Pick<AccreditationRow, 'election_id' | 'wished_regions'>): HeldGrant {
  return requireDeciderOf(session, wishedPlaces(row));
}

/** The same for places that are given. @throws DomainError `access.denied` */
export function requireDeciderOf(session: Decider, places: readonly ScopePlace[]): HeldGrant {
  const [first, ...rest] = places.map((place) => requireAccess(session, PERMISSION, place));
  if (!first) throw new Error('An accreditation without a place');
  return rest.find((grant) => grant.scope.kind === 'all' || grant.scope.kind === 'election') ?? first;
}

/** Limits a query over `accreditations` to those that `requireDecider` lets through. */
export function withinReach(eb: ExpressionBuilder<Database, 'accreditations'>, session: Decider): Expression<SqlBool> {
  const reach = reachOf(session, PERMISSION);
  if (reach.some((scope) => scope.kind === 'all')) return eb.lit(true);
  const elections = reach.flatMap((scope) => (scope.kind === 'election' ? [scope.electionId] : []));
  const regions = reach.flatMap((scope) => (scope.kind === 'region' ? [...scope.regionIds] : []));
  return eb.or([
    eb('accreditations.election_id', '=', eb.fn.any(eb.val(elections))),
    sql<boolean>`(accreditations.wished_regions <> '{}' and accreditations.wished_regions <@ ${regions}::uuid[])`,
  ]);
}

/**
 * Nobody decides on their own application, nor on one of their own organisation.
 * @throws DomainError `accreditation.own-application`
 */
export async function refuseOwn(db: Db | Tx, session: Decider, row: AccreditationRow): Promise<void> {
  const { id, email } = session.user;
  const own = row.user_id === id || row.submitted_by === id || row.email.toLowerCase() === email.toLowerCase();
  if (own || nameKey(row.organisation) === (await organisationKey(db, id)))
    throw new DomainError('accreditation.own-application', 'Somebody else decides on you and on people of your organisation.');
}

async function organisationKey(db: Db | Tx, userId: string): Promise<string | undefined> {
  const user = await db.selectFrom('users').select('organisation').where('id', '=', userId).executeTakeFirst();
  return user?.organisation ? nameKey(user.organisation) : undefined;
}

function wishedPlaces({ election_id, wished_regions }: Pick<AccreditationRow, 'election_id' | 'wished_regions'>): ScopePlace[] {
  if (wished_regions.length === 0) return [{ electionId: election_id }];
  return wished_regions.map((regionId) => ({ electionId: election_id, regionId }));
}
