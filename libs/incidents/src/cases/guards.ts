import { type ErrorCode, type IncidentState, REASON_CODES } from '@app/contracts';
import type { Case, CaseActor, Person, Span } from './case';
import type { Command, CommandOf, FindingCommand } from './command';
import { conflictsOf, coversRange, overlap, votesNow } from './rules';

/** All that a rule may look at. */
export interface Step<C extends Command = Command> {
  incident: Case;
  actor: CaseActor;
  command: C;
  now: number;
  /** What the actor played of the record. */
  played: readonly Span[];
}

/** One condition of a transition, and the refusal where it does not hold. */
export interface Guard<C extends Command = Command> {
  name: string;
  code: ErrorCode;
  message: string;
  /** Looks at what is asked for; the others are known before anybody asks. */
  ofInput?: true;
  holds(step: Step<C>): boolean;
  details?(step: Step<C>): unknown;
}

/** A guard that stands in rows of its command only. */
const ofCommand = <C extends Command>(guard: Guard<C>): Guard => guard;

const person = (step: Step): Person | undefined => (step.actor.kind === 'user' ? step.actor : undefined);
const idOf = (step: Step): string | undefined => person(step)?.id;
const leaseIsLive = ({ incident: { lease }, now }: Step): boolean => lease !== null && lease.until > now;

export const isFree: Guard = {
  name: 'nobody else holds it',
  code: 'incident.held',
  message: 'Somebody else holds this incident.',
  holds: (step) => !leaseIsLive(step) || step.incident.lease?.holderId === idOf(step),
  details: ({ incident: { lease } }) => lease && { holderId: lease.holderId, until: new Date(lease.until).toISOString() },
};

export const holdsClaim: Guard = {
  name: 'holds the claim',
  code: 'incident.not-held',
  message: 'Claim this incident first.',
  holds: (step) => leaseIsLive(step) && step.incident.lease?.holderId === idOf(step),
};

export const somebodyHoldsIt: Guard = {
  name: 'somebody holds it',
  code: 'incident.not-held',
  message: 'Nobody holds this incident.',
  holds: leaseIsLive,
};

export const noConflict: Guard = {
  name: 'no conflict of interest',
  code: 'incident.conflict-of-interest',
  message: 'Nobody works on a report of their own, of their organisation, or of the station whose commission they sit on.',
  holds: (step) => {
    const who = person(step);
    return who !== undefined && conflictsOf(who, step.incident).length === 0;
  },
  details: (step) => {
    const who = person(step);
    return who && conflictsOf(who, step.incident);
  },
};

/** A is not B, neither votes in the panel, and who decided once does not decide again after reopening. */
export const isFresh: Guard = {
  name: 'has no vote on it yet',
  code: 'incident.same-person',
  message: 'You have given your finding on this incident already.',
  holds: (step) => !step.incident.votes.some((vote) => vote.voterId === idOf(step)),
};

export const hasPlayedAll: Guard = {
  name: 'has played the full range',
  code: 'incident.not-played',
  message: 'Play the whole flagged range first.',
  holds: ({ incident, played }) => coversRange(played, incident.range),
};

export const hasReason = ofCommand<Command & { reason: string }>({
  name: 'gives a reason',
  code: 'incident.reason-missing',
  message: 'Give a reason.',
  ofInput: true,
  holds: ({ command }) => command.reason.trim().length >= 3,
});

export const hasQuestion = ofCommand<CommandOf<'ask'>>({
  name: 'asks a question',
  code: 'incident.reason-missing',
  message: 'Ask a question.',
  ofInput: true,
  holds: ({ command }) => command.question.trim() !== '',
});

export const outcomeFits = ofCommand<Command & FindingCommand>({
  name: 'reason code of its outcome',
  code: 'incident.outcome-invalid',
  message: 'The reason code belongs to another outcome, or triage decided something else than out of scope.',
  ofInput: true,
  holds: ({ command: { action, outcome, reasonCode } }) =>
    (REASON_CODES[outcome] as readonly string[]).includes(reasonCode) &&
    (action !== 'out-of-scope' || outcome === 'out_of_scope'),
});

export const citesEvidence = ofCommand<Command & FindingCommand>({
  name: 'names the exact range and the evidence',
  code: 'incident.evidence-missing',
  message: 'Name the exact range of what you found, and the footage it rests on.',
  ofInput: true,
  holds: ({ command: { range, evidence } }) =>
    range !== null && range.from <= range.to && evidence.length > 0 && evidence.every(({ from, to }) => from <= to),
});

export const wasAccredited = ofCommand<CommandOf<'submit'>>({
  name: 'accredited at the flagged time',
  code: 'incident.not-accredited',
  message: 'Your accreditation was not valid for this station at the flagged time.',
  ofInput: true,
  holds: ({ actor, command }) => actor.kind === 'system' || (command.accredited && command.inScope),
});

const NOTHING_SAID = 'OTH-00';

export const hasFacts = ofCommand<CommandOf<'route'>>({
  name: 'code, severity and jurisdiction are set',
  code: 'incident.facts-missing',
  message: 'Set code, severity and the commission that decides first; “Other” needs a text.',
  ofInput: true,
  holds: ({ incident, command }) =>
    (command.regionId ?? incident.regionId) !== null && ((command.code ?? incident.code) !== NOTHING_SAID || incident.hasNote),
});

/** States in which work on an incident goes on. */
export const OPEN_STATES: readonly IncidentState[] = [
  'submitted',
  'triaging',
  'needs_info',
  'in_review',
  'awaiting_second',
  'disputed',
];

export const mayBeMerged = ofCommand<CommandOf<'merge'>>({
  name: 'another open incident of the same station and time or story',
  code: 'incident.merge-invalid',
  message:
    'It can be merged into another open incident of the same station, at the same time or of the same story, and when nothing was merged into it.',
  ofInput: true,
  holds: ({ incident, command: { target, sameStory } }) =>
    target !== null &&
    target.id !== incident.id &&
    !incident.hasMerged &&
    target.stationId === incident.stationId &&
    OPEN_STATES.includes(target.state) &&
    (sameStory || overlap(incident.range, target.range)),
});

export const recipientMayHold = ofCommand<CommandOf<'hand-over'>>({
  name: 'to somebody who may hold it',
  code: 'incident.recipient-invalid',
  message: 'That person may not hold this incident.',
  ofInput: true,
  holds: ({ incident, command: { recipient } }) => {
    const permission = incident.state === 'triaging' ? 'incident.triage' : 'incident.review';
    return (
      recipient.permissions.includes(permission) &&
      conflictsOf(recipient, incident).length === 0 &&
      (incident.state === 'triaging' || !incident.votes.some((vote) => vote.voterId === recipient.id))
    );
  },
});

export const questionIsOld: Guard = {
  name: 'the time to answer is over',
  code: 'incident.too-early',
  message: 'There is still time to answer the question.',
  holds: ({ incident: { answerDue }, now }) => answerDue !== null && now >= answerDue,
};

export const isSecondTriager: Guard = {
  name: 'another triager than who proposed it',
  code: 'incident.second-needed',
  message: 'A second triager has to agree that this is out of scope.',
  holds: (step) => !votesNow(step.incident, 'scope').some((vote) => vote.voterId === idOf(step)),
};

export const wasAskedToReopen: Guard = {
  name: 'somebody asked for it',
  code: 'incident.reopen-not-asked',
  message: 'Nobody has asked for this incident to be reopened.',
  holds: ({ incident }) => incident.reopenAskedBy !== null,
};

export const didNotAsk: Guard = {
  name: 'approved by another than who asked',
  code: 'incident.same-person',
  message: 'Who asked for it does not approve it.',
  holds: (step) => step.incident.reopenAskedBy !== idOf(step),
};

export const isOther: Guard = {
  name: 'changes something',
  code: 'incident.unchanged',
  message: 'That is how it is already.',
  ofInput: true,
  holds: ({ incident, command }) => {
    if (command.action === 'quarantine') return incident.quarantine !== command.level;
    if (command.action === 'escalate') return incident.escalated !== command.level;
    if (command.action === 'publish') return incident.publication !== command.level;
    return true;
  },
};

export const isQuarantined: Guard = {
  name: 'is quarantined',
  code: 'incident.unchanged',
  message: 'It is not in quarantine.',
  holds: ({ incident }) => incident.quarantine !== 'none',
};

export const liftsAsSecond: Guard = {
  name: 'two people, one of them not who set it',
  code: 'incident.second-needed',
  message: 'Another person has to agree to lift the quarantine.',
  holds: (step) => step.incident.liftAskedBy === null || step.incident.liftAskedBy !== idOf(step),
};
