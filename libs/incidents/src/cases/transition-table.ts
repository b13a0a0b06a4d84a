import type { CaseAction, IncidentState, Permission } from '@app/contracts';
import * as guards from './guards';
import type { Guard } from './guards';

/** Who may do something: holders of a permission at the place, whoever reported it, or the system. */
export type Who = Permission | 'reporter' | 'system';

export interface Transition {
  action: CaseAction;
  from: readonly IncidentState[];
  who: readonly Who[];
  guards: readonly Guard[];
}

const { OPEN_STATES } = guards;
const NOT_DRAFT: readonly IncidentState[] = [...OPEN_STATES, 'decided', 'closed', 'merged', 'withdrawn'];

const { hasReason, outcomeFits, citesEvidence } = guards;

/**
 * Everything that may happen to an incident: from where, by whom, and under which conditions. An action has several
 * rows where different people do it in different states. What comes of it stands in `moves.ts`.
 */
export const TRANSITIONS: readonly Transition[] = [
  { action: 'submit', from: ['draft'], who: ['incident.flag', 'system'], guards: [guards.wasAccredited] },
  { action: 'describe', from: ['submitted'], who: ['reporter'], guards: [] },
  { action: 'withdraw', from: ['submitted', 'triaging', 'needs_info'], who: ['reporter'], guards: [hasReason] },
  { action: 'adopt', from: ['withdrawn'], who: ['incident.triage'], guards: [guards.noConflict, hasReason] },

  {
    action: 'claim',
    from: ['submitted', 'triaging'],
    who: ['incident.triage'],
    guards: [guards.noConflict, guards.isFree],
  },
  {
    action: 'claim',
    from: ['in_review', 'awaiting_second'],
    who: ['incident.review'],
    guards: [guards.noConflict, guards.isFresh, guards.isFree],
  },
  {
    action: 'renew',
    from: ['triaging', 'in_review', 'awaiting_second'],
    who: ['incident.triage', 'incident.review'],
    guards: [guards.isFree, guards.holdsClaim],
  },
  {
    action: 'release',
    from: ['triaging', 'in_review', 'awaiting_second'],
    who: ['incident.triage', 'incident.review'],
    guards: [guards.isFree, guards.holdsClaim],
  },
  {
    action: 'hand-over',
    from: ['triaging', 'in_review', 'awaiting_second'],
    who: ['incident.triage', 'incident.review'],
    guards: [guards.isFree, guards.holdsClaim, guards.recipientMayHold],
  },
  {
    action: 'break',
    from: ['triaging', 'in_review', 'awaiting_second'],
    who: ['incident.reopen'],
    guards: [guards.somebodyHoldsIt, hasReason],
  },

  {
    action: 'classify',
    from: ['triaging'],
    who: ['incident.triage'],
    guards: [guards.noConflict, guards.isFree, guards.holdsClaim, hasReason],
  },
  {
    action: 'classify',
    from: ['in_review'],
    who: ['incident.review'],
    guards: [guards.noConflict, guards.isFree, guards.holdsClaim, hasReason],
  },
  {
    action: 'merge',
    from: ['triaging'],
    who: ['incident.triage'],
    guards: [guards.isFree, guards.holdsClaim, hasReason, guards.mayBeMerged],
  },
  { action: 'unmerge', from: ['merged'], who: ['incident.triage'], guards: [hasReason] },
  {
    action: 'ask',
    from: ['triaging'],
    who: ['incident.triage'],
    guards: [guards.isFree, guards.holdsClaim, guards.hasQuestion],
  },
  {
    action: 'ask',
    from: ['in_review'],
    who: ['incident.review'],
    guards: [guards.isFree, guards.holdsClaim, guards.hasQuestion],
  },
  { action: 'answer', from: ['needs_info'], who: ['reporter'], guards: [] },
  { action: 'resume', from: ['needs_info'], who: ['system'], guards: [guards.questionIsOld] },
  {
    action: 'route',
    from: ['triaging'],
    who: ['incident.triage'],
    guards: [guards.noConflict, guards.isFree, guards.holdsClaim, hasReason, guards.hasFacts],
  },
  {
    action: 'out-of-scope',
    from: ['triaging'],
    who: ['incident.triage'],
    guards: [guards.noConflict, guards.isFree, guards.holdsClaim, guards.isSecondTriager, hasReason, outcomeFits],
  },

  {
    action: 'find',
    from: ['in_review'],
    who: ['incident.review'],
    guards: [
      guards.noConflict,
      guards.isFresh,
      guards.isFree,
      guards.holdsClaim,
      guards.hasPlayedAll,
      hasReason,
      outcomeFits,
      citesEvidence,
    ],
  },
  {
    action: 'second',
    from: ['awaiting_second'],
    who: ['incident.review'],
    guards: [
      guards.noConflict,
      guards.isFresh,
      guards.isFree,
      guards.holdsClaim,
      guards.hasPlayedAll,
      hasReason,
      outcomeFits,
      citesEvidence,
    ],
  },
  {
    action: 'vote',
    from: ['disputed'],
    who: ['incident.panel'],
    guards: [guards.noConflict, guards.isFresh, hasReason, outcomeFits],
  },

  { action: 'close', from: ['decided'], who: ['incident.panel'], guards: [hasReason] },
  { action: 'ask-reopen', from: ['decided', 'closed'], who: ['reporter', 'audit.read'], guards: [hasReason] },
  {
    action: 'reopen',
    from: ['decided', 'closed'],
    who: ['incident.reopen'],
    guards: [guards.noConflict, guards.wasAskedToReopen, guards.isFresh, guards.didNotAsk, hasReason],
  },

  { action: 'quarantine', from: NOT_DRAFT, who: ['incident.quarantine'], guards: [hasReason, guards.isOther] },
  {
    action: 'lift-quarantine',
    from: NOT_DRAFT,
    who: ['incident.quarantine'],
    guards: [guards.isQuarantined, guards.liftsAsSecond, hasReason],
  },
  {
    action: 'escalate',
    from: NOT_DRAFT,
    who: ['incident.triage', 'incident.review', 'incident.reopen'],
    guards: [hasReason, guards.isOther],
  },
  { action: 'publish', from: NOT_DRAFT, who: ['incident.reopen'], guards: [hasReason, guards.isOther] },
];
