import type { CaseAction } from '@app/contracts';
import type { Case, Stage, Vote } from './case';
import type { CommandOf, FindingCommand } from './command';
import type { Step } from './guards';
import { CLAIM_MS, needsSecond, needsSecondTriager, panelMajority, votesNow } from './rules';

/** What becomes of an incident when its guards let an action through. */
export type Move<A extends CaseAction> = (step: Step<CommandOf<A>>) => Partial<Case>;

/** For each action. The version is counted up by whoever applies it. */
export const MOVES: { [A in CaseAction]: Move<A> } = {
  submit: () => ({ state: 'submitted' }),
  describe: ({ incident, command: { code, severity, hasNote } }) => ({
    code: code ?? incident.code,
    severity: severity ?? incident.severity,
    reportedSeverity: severity ?? incident.reportedSeverity,
    hasNote: hasNote ?? incident.hasNote,
  }),
  withdraw: () => ({ state: 'withdrawn', lease: null, answerDue: null, returnTo: null }),
  adopt: (step) => ({ state: 'triaging', lease: leaseOf(step) }),

  claim: (step) => ({ state: step.incident.state === 'submitted' ? 'triaging' : step.incident.state, lease: leaseOf(step) }),
  renew: (step) => ({ lease: leaseOf(step) }),
  release: () => ({ lease: null }),
  'hand-over': ({ command: { recipient }, now }) => ({ lease: { holderId: recipient.id, until: now + CLAIM_MS } }),
  break: () => ({ lease: null }),

  classify: (step) => classified(step, step.command),
  merge: ({ command: { target } }) => ({ state: 'merged', mergedInto: target?.id ?? null, lease: null }),
  unmerge: () => ({ state: 'triaging', mergedInto: null, lease: null }),
  ask: ({ incident, command: { answerDue } }) => ({
    state: 'needs_info',
    returnTo: incident.state === 'in_review' ? 'in_review' : 'triaging',
    answerDue,
    lease: null,
  }),
  answer: ({ incident }) => ({ state: incident.returnTo ?? 'triaging', returnTo: null, answerDue: null }),
  resume: ({ incident }) => ({ state: incident.returnTo ?? 'triaging', returnTo: null, answerDue: null }),
  route: (step) => ({
    ...classified(step, step.command),
    state: 'in_review',
    regionId: step.command.regionId ?? step.incident.regionId,
    lease: null,
  }),

  'out-of-scope': (step) => {
    const voted = withVote(step, 'scope');
    const agreed = votesNow(voted, 'scope').length > 1 || !needsSecondTriager(step.incident);
    return agreed ? { ...voted, ...decidedAs(step.command) } : voted;
  },
  find: (step) => {
    const voted = withVote(step, 'first');
    return needsSecond(step.incident, actorId(step))
      ? { ...voted, state: 'awaiting_second' }
      : { ...voted, ...decidedAs(step.command) };
  },
  second: (step) => {
    const [first] = votesNow(step.incident, 'first');
    const voted = withVote(step, 'second');
    return first?.outcome === step.command.outcome ? { ...voted, ...decidedAs(first) } : { ...voted, state: 'disputed' };
  },
  vote: (step) => {
    const voted = withVote(step, 'panel');
    const majority = panelMajority(votesNow(voted, 'panel'));
    return majority ? { ...voted, ...decidedAs(majority) } : voted;
  },

  close: () => ({ state: 'closed' }),
  'ask-reopen': (step) => ({ reopenAskedBy: actorId(step) }),
  reopen: ({ incident }) => ({
    state: 'in_review',
    round: incident.round + 1,
    outcome: null,
    reasonCode: null,
    reopenAskedBy: null,
    lease: null,
  }),

  quarantine: (step) => ({ quarantine: step.command.level, quarantineBy: actorId(step), liftAskedBy: null }),
  'lift-quarantine': (step) =>
    step.incident.liftAskedBy === null
      ? { liftAskedBy: actorId(step) }
      : { quarantine: 'none', quarantineBy: null, liftAskedBy: null },
  escalate: ({ command: { level } }) => ({ escalated: level }),
  publish: ({ command: { level } }) => ({ publication: level }),
};

function leaseOf(step: Step): Case['lease'] {
  return { holderId: actorId(step), until: step.now + CLAIM_MS };
}

function classified(step: Step, { code, severity }: { code?: string; severity?: Case['severity'] }): Partial<Case> {
  const changed = severity !== undefined && severity !== step.incident.severity;
  return { ...(code !== undefined && { code }), ...(changed && { severity, severityBy: actorId(step) }) };
}

function withVote(step: Step<FindingStep>, stage: Stage): { votes: Vote[]; round: number; lease: null } {
  const { incident, command, actor } = step;
  const { outcome, reasonCode, reason } = command;
  const isChair = actor.kind === 'user' && actor.permissions.includes('incident.reopen');
  const vote: Vote = { round: incident.round, stage, voterId: actorId(step), isChair, outcome, reasonCode, reason };
  return { votes: [...incident.votes, vote], round: incident.round, lease: null };
}

type FindingStep = CommandOf<'find'> | CommandOf<'second'> | CommandOf<'vote'> | CommandOf<'out-of-scope'>;

function decidedAs({ outcome, reasonCode }: Pick<FindingCommand, 'outcome' | 'reasonCode'>): Partial<Case> {
  return { state: 'decided', outcome, reasonCode };
}

/** @throws Error when the table lets the system do what only a person does. */
function actorId({ actor }: Step): string {
  if (actor.kind !== 'user') throw new Error('Only a person does this');
  return actor.id;
}
