import type { Permission, SecondFactorState, User } from '@app/contracts';
import { needsSecondFactor } from '@app/contracts';
import type { Db, Tx } from '@app/database';
import { heldGrants } from './held-grants';
import { inOrder, permissionsOf } from './permissions';
import type { HeldGrant } from './require-access';

export const STEP_UP_MINUTES = 10;

/** How whoever acts was recognized. */
export type RecognizedBy = { kind: 'session'; id: string } | { kind: 'token'; id: string };

/** Who is behind a request or a socket, and what that person may do now. */
export interface CurrentSession {
  user: User;
  permissions: Permission[];
  grants: HeldGrant[];
  secondFactor: SecondFactorState;
  /** Until when what needs the second factor anew is allowed; null: it was not shown, or a token acts. */
  stepUpUntil: Date | null;
  /** The second factor was shown within the last ten minutes. */
  steppedUp: boolean;
  by: RecognizedBy;
}

interface Recognized {
  user: Pick<User, 'id' | 'email' | 'name'>;
  by: RecognizedBy;
  hasFactor: boolean;
  factorShownAt: Date | null;
}

/** What a recognized person may do at `now`: nothing while a second factor is missing that a role asks for. */
export async function currentSession(
  db: Db | Tx,
  { user, by, hasFactor, factorShownAt }: Recognized,
  now: Date,
): Promise<CurrentSession> {
  const held = await heldGrants(db, user.id, now);
  const roles = inOrder(held.map(({ role }) => role));
  const secondFactor = factorState(roles.some(needsSecondFactor), hasFactor, by.kind === 'token' || factorShownAt !== null);
  const proven = secondFactor === 'none' || secondFactor === 'shown';
  const stepUpUntil = factorShownAt && new Date(factorShownAt.getTime() + STEP_UP_MINUTES * 60_000);
  return {
    user: { ...user, roles },
    permissions: proven ? permissionsOf(roles) : [],
    grants: proven ? held : [],
    secondFactor,
    stepUpUntil,
    steppedUp: stepUpUntil !== null && stepUpUntil > now,
    by,
  };
}

/** An account that has a second factor shows it, whether a role asks for it or not. */
function factorState(needed: boolean, has: boolean, shown: boolean): SecondFactorState {
  if (has) return shown ? 'shown' : 'to-show';
  return needed ? 'to-enrol' : 'none';
}
