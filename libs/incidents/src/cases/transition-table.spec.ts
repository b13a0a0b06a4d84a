import { CASE_ACTIONS, type CaseAction, INCIDENT_STATES, type IncidentState, type Role, ROLES } from '@app/contracts';
import { applyCommand } from './apply';
import type { Case, CaseActor } from './case';
import { GOOD_COMMANDS, newCase, NOW, person, RANGE, system } from './case.fixture';

type Expected = Partial<Record<IncidentState, readonly (Role | 'system' | 'reporter')[]>>;

const states = (list: readonly IncidentState[], who: Expected[IncidentState]): Expected =>
  Object.fromEntries(list.map((state) => [state, who]));
const ANY: readonly IncidentState[] = INCIDENT_STATES.filter((state) => state !== 'draft');
const HELD: readonly IncidentState[] = ['triaging', 'in_review', 'awaiting_second'];

/** Who may do what from where, written down a second time and without the permissions in between. */
const EXPECTED: Record<CaseAction, Expected> = {
  submit: { draft: ['observer', 'triage', 'system'] },
  describe: { submitted: ['reporter'] },
  withdraw: states(['submitted', 'triaging', 'needs_info'], ['reporter']),
  adopt: { withdrawn: ['triage'] },
  claim: { submitted: ['triage'], triaging: ['triage'], in_review: ['reviewer'], awaiting_second: ['reviewer'] },
  renew: states(HELD, ['triage', 'reviewer']),
  release: states(HELD, ['triage', 'reviewer']),
  'hand-over': states(HELD, ['triage', 'reviewer']),
  break: states(HELD, ['chair']),
  classify: { triaging: ['triage'], in_review: ['reviewer'] },
  merge: { triaging: ['triage'] },
  unmerge: { merged: ['triage'] },
  ask: { triaging: ['triage'], in_review: ['reviewer'] },
  answer: { needs_info: ['reporter'] },
  resume: { needs_info: ['system'] },
  route: { triaging: ['triage'] },
  'out-of-scope': { triaging: ['triage'] },
  find: { in_review: ['reviewer'] },
  second: { awaiting_second: ['reviewer'] },
  vote: { disputed: ['reviewer', 'chair'] },
  close: { decided: ['reviewer', 'chair'] },
  'ask-reopen': states(['decided', 'closed'], ['reporter', 'auditor']),
  reopen: states(['decided', 'closed'], ['chair']),
  quarantine: states(ANY, ['triage', 'reviewer', 'custodian']),
  'lift-quarantine': states(ANY, ['triage', 'reviewer', 'custodian']),
  escalate: states(ANY, ['triage', 'reviewer', 'chair']),
  publish: states(ANY, ['chair']),
};

/** Everything that guards ask of an incident in this state, but for who acts. */
function readyFor(action: CaseAction, state: IncidentState, actorId: string): Case {
  const isSecond = state === 'awaiting_second' || state === 'disputed';
  const vote = {
    round: 1,
    stage: 'first',
    voterId: 'a',
    isChair: false,
    outcome: 'confirmed',
    reasonCode: 'seen',
    reason: 'r',
  } as const;
  return newCase({
    state,
    votes: isSecond ? [vote] : [],
    lease: action === 'claim' ? null : { holderId: action === 'break' ? 'another' : actorId, until: NOW + 1 },
    returnTo: state === 'needs_info' ? 'triaging' : null,
    answerDue: NOW - 1,
    reopenAskedBy: 'an auditor',
    quarantine: action === 'lift-quarantine' ? 'all' : 'none',
    quarantineBy: 'another',
    mergedInto: state === 'merged' ? 'other' : null,
  });
}

const doIt = (action: CaseAction, state: IncidentState, actor: CaseActor) =>
  applyCommand({
    incident: readyFor(action, state, actor.kind === 'user' ? actor.id : 'nobody'),
    actor,
    command: GOOD_COMMANDS[action],
    now: NOW,
    played: [RANGE],
  });

const ACTORS: [string, CaseActor, (Role | 'system' | 'reporter')[]][] = [
  ...ROLES.map((role): [string, CaseActor, (Role | 'reporter')[]] => [role, person('somebody', role), [role]]),
  // Who reported it and is nothing else, and a triage officer who flagged on behalf of another.
  ['the reporter', person('reporter', 'observer'), ['observer', 'reporter']],
  ['a triage officer who reported it', person('reporter', 'triage'), ['triage', 'reporter']],
  ['the system', system, ['system']],
];
const CONFLICTED: readonly CaseAction[] = ['adopt', 'claim', 'classify', 'route', 'out-of-scope'];

/** What the table should say to somebody: `done`, or the code of the refusal. */
function expectedOf(action: CaseAction, state: IncidentState, actor: CaseActor, roles: readonly string[]): string {
  const allowed = EXPECTED[action][state] ?? [];
  const isReporter = actor.kind === 'user' && actor.id === 'reporter';
  const elsewhere = Object.values(EXPECTED[action]).some((list) => list.some((who) => roles.includes(who)));
  if (!allowed.some((who) => roles.includes(who)))
    return elsewhere && allowed.length === 0 ? 'incident.transition-refused' : 'access.denied';
  return isReporter && CONFLICTED.includes(action) ? 'incident.conflict-of-interest' : 'done';
}

describe.each(CASE_ACTIONS)('the table: %s, by every role', (action) => {
  it.each(INCIDENT_STATES)('from %s', (state) => {
    const said = ACTORS.map(([name, actor]) => {
      const result = doIt(action, state, actor);
      return [name, result.ok ? 'done' : result.code];
    });
    expect(said).toEqual(ACTORS.map(([name, actor, roles]) => [name, expectedOf(action, state, actor, roles)]));
  });
});
