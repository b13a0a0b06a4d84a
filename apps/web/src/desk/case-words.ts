import type { CaseAction, CaseClock, IncidentState, Outcome, ReasonCode } from '@app/contracts';
import { delayText } from '../time/format';

/** Where the work on an incident stands, in words for those who do it. */
export const STATE_WORDS: Readonly<Record<IncidentState, string>> = {
  draft: 'Not sent yet',
  submitted: 'New',
  triaging: 'In triage',
  needs_info: 'Waits for an answer',
  in_review: 'In review',
  awaiting_second: 'Waits for a second opinion',
  disputed: 'Before the panel',
  decided: 'Decided',
  closed: 'Closed',
  merged: 'Merged',
  withdrawn: 'Withdrawn',
};

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  confirmed: 'Confirmed',
  not_confirmed: 'Not confirmed',
  inconclusive: 'Cannot be determined',
  out_of_scope: 'Outside competence',
};

export const REASON_WORDS: Readonly<Record<ReasonCode, string>> = {
  seen: 'Seen in the footage',
  'seen-and-documented': 'Seen, and documented elsewhere',
  measured: 'Measured by the system',
  'not-seen': 'Not seen in the footage',
  explained: 'Seen, and explained',
  lawful: 'Seen, and lawful',
  'view-blocked': 'The view was blocked',
  'footage-missing': 'Footage is missing',
  'picture-unclear': 'The picture is unclear',
  'needs-documents': 'Needs documents',
  'not-an-incident': 'Not an incident',
  'other-jurisdiction': 'Another body decides this',
  'before-or-after': 'Before or after the voting',
  duplicate: 'Reported already',
  test: 'A test',
};

export const ACTION_WORDS: Readonly<Record<CaseAction, string>> = {
  submit: 'Reported',
  describe: 'Details added',
  withdraw: 'Withdraw',
  adopt: 'Adopt the withdrawn report',
  claim: 'Claim',
  renew: 'Hold on',
  release: 'Give back',
  'hand-over': 'Hand over',
  break: 'End the claim of another',
  classify: 'Change category or severity',
  merge: 'Merge into another',
  unmerge: 'Take apart again',
  ask: 'Ask the reporter',
  answer: 'Answer',
  resume: 'Go on without an answer',
  route: 'Send to review',
  'out-of-scope': 'Outside competence',
  find: 'State your finding',
  second: 'Give a second opinion',
  vote: 'Vote in the panel',
  close: 'Close',
  'ask-reopen': 'Ask to reopen',
  reopen: 'Reopen',
  quarantine: 'Quarantine',
  'lift-quarantine': 'Lift the quarantine',
  escalate: 'Escalate',
  publish: 'Set what is published',
};

/** `14 min left`, `3 min over`, and what the clock is for. `now`: epoch ms by the server's clock. */
export const clockWords = (clock: CaseClock, now: number): { text: string; isOver: boolean } => {
  const what = clock.kind === 'claim' ? 'to claim' : 'to decide';
  if (clock.paused) return { text: `clock stopped (${what})`, isOver: false };
  const left = Date.parse(clock.due) - now;
  return { text: `${delayText(Math.abs(left))} ${left < 0 ? 'over' : 'left'} ${what}`, isOver: left < 0 };
};
