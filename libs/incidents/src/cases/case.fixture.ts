import { type Role, ROLE_PERMISSIONS } from '@app/contracts';
import type { Case, CaseActor, Person } from './case';
import type { Command } from './command';

/** For tests of the rules: an incident that nothing has happened to yet. */
export const NOW = Date.parse('2026-10-25T12:00:00Z');
export const RANGE = { from: NOW - 30_000, to: NOW };

export function newCase(other: Partial<Case> = {}): Case {
  return {
    id: 'case',
    state: 'submitted',
    version: 1,
    round: 1,
    outcome: null,
    reasonCode: null,
    code: 'VOT-01',
    severity: 'S1',
    reportedSeverity: 'S1',
    severityBy: null,
    hasNote: true,
    reporterId: 'reporter',
    organisations: ['Party A'],
    stationId: 'station',
    regionId: 'region',
    range: RANGE,
    lease: null,
    returnTo: null,
    answerDue: null,
    mergedInto: null,
    hasMerged: false,
    votes: [],
    reopenAskedBy: null,
    quarantine: 'none',
    quarantineBy: null,
    liftAskedBy: null,
    escalated: 'none',
    publication: 'full',
    isSampled: false,
    ...other,
  };
}

export function person(id: string, role: Role, other: Partial<Person> = {}): Person {
  return { kind: 'user', id, permissions: ROLE_PERMISSIONS[role], organisation: null, commissionStationId: null, ...other };
}

export const system: CaseActor = { kind: 'system' };

export const finding = {
  outcome: 'confirmed',
  reasonCode: 'seen',
  reason: 'Two hands at the box',
  range: RANGE,
  evidence: [RANGE],
} as const;

/** A command of each action that no guard of its input refuses. */
export const GOOD_COMMANDS: { [A in Command['action']]: Extract<Command, { action: A }> } = {
  submit: { action: 'submit', accredited: true, inScope: true },
  describe: { action: 'describe', code: 'ENV-03' },
  withdraw: { action: 'withdraw', reason: 'My mistake' },
  adopt: { action: 'adopt', reason: 'Seen by others too' },
  claim: { action: 'claim' },
  renew: { action: 'renew' },
  release: { action: 'release' },
  'hand-over': {
    action: 'hand-over',
    recipient: person('colleague', 'reviewer', { permissions: ['incident.triage', 'incident.review'] }),
  },
  break: { action: 'break', reason: 'End of shift' },
  classify: { action: 'classify', reason: 'It is another', code: 'VOT-02' },
  merge: {
    action: 'merge',
    reason: 'The same',
    sameStory: false,
    target: { id: 'other', state: 'triaging', stationId: 'station', range: RANGE, organisations: [] },
  },
  unmerge: { action: 'unmerge', reason: 'Another after all' },
  ask: { action: 'ask', question: 'Which box?', answerDue: NOW + 3_600_000 },
  answer: { action: 'answer', text: 'The left one' },
  resume: { action: 'resume' },
  route: { action: 'route', reason: 'To be reviewed', regionId: null },
  'out-of-scope': { action: 'out-of-scope', ...finding, outcome: 'out_of_scope', reasonCode: 'not-an-incident' },
  find: { action: 'find', ...finding },
  second: { action: 'second', ...finding },
  vote: { action: 'vote', ...finding },
  close: { action: 'close', reason: 'Referred', followUp: 'referral', reference: '12/3' },
  'ask-reopen': { action: 'ask-reopen', reason: 'New footage' },
  reopen: { action: 'reopen', reason: 'New footage' },
  quarantine: { action: 'quarantine', reason: 'A ballot can be read', level: 'content' },
  'lift-quarantine': { action: 'lift-quarantine', reason: 'It cannot be read' },
  escalate: { action: 'escalate', reason: 'Somebody is in danger', level: 'safety' },
  publish: { action: 'publish', reason: 'A minor', level: 'coarse' },
};
