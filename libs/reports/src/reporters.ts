import { hasAccess, heldGrants, type HeldGrant, type PlaceWithin, requireAccess, type Rights } from '@app/access';
import type { Session } from '@app/contracts';
import type { Db, Tx } from '@app/database';
import { DomainError, InvalidFields } from '@app/platform';

/** Who acts: the account of a session and what it may do. */
export type Reporter = Pick<Session, 'user'> & Rights;

/** How far the clock of a phone may be ahead of ours. */
export const CLOCK_SLACK_MS = 5 * 60_000;
/** How late a report may come that was made in time, on a phone that had no network since. */
export const LATE_ARRIVAL_MS = 72 * 3_600_000;

/** @throws DomainError `report.time-invalid` */
export function requireObservedTime(field: string, at: Date, now: Date): void {
  const rules: [boolean, string][] = [
    [at.getTime() > now.getTime() + CLOCK_SLACK_MS, `is not in the future by more than ${CLOCK_SLACK_MS / 60_000} minutes`],
    [at.getTime() < now.getTime() - LATE_ARRIVAL_MS, `is at most ${LATE_ARRIVAL_MS / 3_600_000} hours ago`],
  ];
  const broken = rules.filter(([isBroken]) => isBroken).map(([, rule]) => ({ field, rule }));
  if (broken.length > 0) throw new InvalidFields(broken, 'report.time-invalid');
}

/**
 * The grant that was valid for a station when it was observed: a report that comes late counts as what it was then.
 * @throws DomainError `access.denied` when they could never report, `report.not-accredited`
 */
export async function accreditedAt(tx: Db | Tx, reporter: Reporter, place: Required<PlaceWithin>, at: Date): Promise<HeldGrant> {
  requireAccess(reporter, 'report.fill');
  const then: Rights = { permissions: ['report.fill'], grants: await heldGrants(tx, reporter.user.id, at) };
  if (hasAccess(then, 'report.fill', place)) return requireAccess(then, 'report.fill', place);
  throw new DomainError('report.not-accredited', 'Your accreditation was not valid for this station at that time.');
}

/** Observers of one organisation are one mission. Null: it stands for itself. */
export async function organisationOf(db: Db | Tx, userId: string): Promise<string | null> {
  const row = await db.selectFrom('users').select('organisation').where('id', '=', userId).executeTakeFirst();
  return row?.organisation ?? null;
}

/** The same organisation, or the same person where there is none. */
export function isOfMission(
  own: { userId: string; organisation: string | null },
  of: { userId: string; organisation: string | null },
): boolean {
  if (own.userId === of.userId) return true;
  return own.organisation !== null && of.organisation !== null && missionKey(own.organisation) === missionKey(of.organisation);
}

const missionKey = (organisation: string): string => organisation.trim().replace(/\s+/g, ' ').toLowerCase();
