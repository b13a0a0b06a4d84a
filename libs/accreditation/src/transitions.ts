import type { ACCREDITATION_ACTIONS, AccreditationState, STORED_ACCREDITATION_STATES } from '@app/contracts';

export type StoredState = (typeof STORED_ACCREDITATION_STATES)[number];
export type Action = (typeof ACCREDITATION_ACTIONS)[number];

/** Whose act it is: the applicant's, who holds the reference, or a decider's, who says why. */
export type Party = 'applicant' | 'decider';

interface Transition {
  by: Party;
  from: readonly StoredState[];
  to: StoredState;
  /** It stays possible when the time of the accreditation is over. */
  evenExpired: boolean;
}

/**
 * All that can happen to an accreditation after it was asked for. There is nothing else, and there is no way back from
 * `rejected` and `revoked`: whoever was refused applies anew, so that each decision keeps its record.
 */
export const TRANSITIONS: Readonly<Record<Exclude<Action, 'submit' | 'open-account'>, Transition>> = {
  approve: { by: 'decider', from: ['submitted', 'needs_info'], to: 'approved', evenExpired: true },
  reject: { by: 'decider', from: ['submitted', 'needs_info'], to: 'rejected', evenExpired: true },
  ask: { by: 'decider', from: ['submitted'], to: 'needs_info', evenExpired: true },
  answer: { by: 'applicant', from: ['needs_info'], to: 'submitted', evenExpired: true },
  suspend: { by: 'decider', from: ['approved'], to: 'suspended', evenExpired: false },
  resume: { by: 'decider', from: ['suspended'], to: 'approved', evenExpired: false },
  // Also afterwards: what comes out about an observer later is put on record.
  revoke: { by: 'decider', from: ['approved', 'suspended'], to: 'revoked', evenExpired: true },
};

export type Change = keyof typeof TRANSITIONS;

interface Standing {
  state: StoredState;
  /** Null before it is approved. */
  validTo: Date | null;
}

/** The state at a moment: one that was approved and whose time is over is expired, with nothing to be written for it. */
export function stateAt({ state, validTo }: Standing, now: Date): AccreditationState {
  const running = state === 'approved' || state === 'suspended';
  return running && validTo !== null && validTo <= now ? 'expired' : state;
}

/** Where the change leads, or undefined where it is not allowed from here. */
export function next(standing: Standing, change: Change, now: Date): StoredState | undefined {
  const { from, to, evenExpired } = TRANSITIONS[change];
  if (!from.includes(standing.state)) return undefined;
  return evenExpired || stateAt(standing, now) !== 'expired' ? to : undefined;
}

/** What a decider may do from here, in the order of the table. */
export function possibleFor(party: Party, standing: Standing, now: Date): Change[] {
  return (Object.keys(TRANSITIONS) as Change[]).filter(
    (change) => TRANSITIONS[change].by === party && next(standing, change, now) !== undefined,
  );
}
