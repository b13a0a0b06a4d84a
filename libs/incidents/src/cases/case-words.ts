import type { CaseAction } from '@app/contracts';
import type { Applied } from './apply';
import type { Case } from './case';
import type { Command } from './command';

/** The name of an event in the audit log, after `incident.`. */
const DONE: Record<CaseAction, string> = {
  submit: 'flagged',
  describe: 'described',
  withdraw: 'withdrawn',
  adopt: 'adopted',
  claim: 'claimed',
  renew: 'claim-renewed',
  release: 'released',
  'hand-over': 'handed-over',
  break: 'claim-broken',
  classify: 'classified',
  merge: 'merged',
  unmerge: 'unmerged',
  ask: 'question-asked',
  answer: 'question-answered',
  resume: 'question-expired',
  route: 'routed',
  'out-of-scope': 'out-of-scope-found',
  find: 'finding-given',
  second: 'second-finding-given',
  vote: 'panel-vote-given',
  close: 'closed',
  'ask-reopen': 'reopening-asked',
  reopen: 'reopened',
  quarantine: 'quarantined',
  'lift-quarantine': 'quarantine-lifting',
  escalate: 'escalated',
  publish: 'publication-set',
};

export const auditActionOf = (action: CaseAction): string => `incident.${DONE[action]}`;

/** The findings that others may not know of yet: A's until B has given theirs, a panel's until it has decided. */
export function isSealed(action: CaseAction, { decided }: Pick<Applied, 'decided'>): boolean {
  return (action === 'find' || action === 'vote') && !decided;
}

/** What an event says of an action, besides its changes. Nothing of a sealed finding. */
export function wordsOf(
  command: Command,
  before: Case,
  applied: Applied,
): { reason: string | null; detail: Record<string, unknown> } {
  if (isSealed(command.action, applied)) return { reason: null, detail: {} };
  switch (command.action) {
    case 'ask':
      return { reason: command.question, detail: { answerDue: new Date(command.answerDue).toISOString() } };
    case 'answer':
      return { reason: null, detail: { text: command.text } };
    case 'claim':
    case 'renew':
      return { reason: null, detail: { until: untilOf(applied.next) } };
    case 'hand-over':
      return { reason: command.reason ?? null, detail: { recipient: command.recipient.id, until: untilOf(applied.next) } };
    case 'break':
      return { reason: command.reason, detail: { holder: before.lease?.holderId } };
    case 'merge':
      return { reason: command.reason, detail: { into: command.target?.id, sameStory: command.sameStory } };
    case 'unmerge':
      return { reason: command.reason, detail: { outOf: before.mergedInto } };
    case 'close':
      return { reason: command.reason, detail: { followUp: command.followUp, reference: command.reference } };
    case 'lift-quarantine':
      return { reason: command.reason, detail: { lifted: applied.next.quarantine === 'none' } };
    case 'find':
    case 'second':
    case 'vote':
    case 'out-of-scope':
      return { reason: command.reason, detail: { outcome: command.outcome, reasonCode: command.reasonCode } };
    default:
      return { reason: 'reason' in command ? command.reason : null, detail: {} };
  }
}

function untilOf({ lease }: Case): string | undefined {
  return lease ? new Date(lease.until).toISOString() : undefined;
}
