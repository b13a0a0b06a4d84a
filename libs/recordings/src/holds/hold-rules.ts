import type { FieldProblem, HoldState, Role } from '@app/contracts';

/** What decides whether a hold holds, by the server's clock. */
export interface HoldTimes {
  expiresAt: Date | null;
  releasedAt: Date | null;
}

export function holdStateOf({ expiresAt, releasedAt }: HoldTimes, now: Date): HoldState {
  if (releasedAt !== null) return 'released';
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active';
}

export function expiryProblems(expiresAt: Date | null, now: Date): FieldProblem[] {
  return expiresAt !== null && expiresAt <= now ? [{ field: 'expiresAt', rule: 'is later than now' }] : [];
}

/** Letting a hold end earlier would be releasing it alone. Null: never. */
export function isEarlier(next: Date | null, before: Date | null): boolean {
  return next !== null && (before === null || next < before);
}

/** The two sides of a release. */
const SIDES = ['custodian', 'auditor'] as const satisfies Role[];

/** The sides that somebody may take. */
export function sidesOf(roles: readonly Role[]): Role[] {
  return SIDES.filter((side) => roles.includes(side));
}

/** Whether two people stand on both sides: one releases as custodian, the other as auditor. */
export function areBothSides(asker: readonly Role[], confirmer: readonly Role[]): boolean {
  const [one, other] = SIDES;
  return (asker.includes(one) && confirmer.includes(other)) || (asker.includes(other) && confirmer.includes(one));
}
