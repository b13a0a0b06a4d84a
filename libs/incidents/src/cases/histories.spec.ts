import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { bodyOf, CHAIN_START, type ChainedEvent, nextHash, verifyChain } from '@app/audit';
import type { CaseAction, Outcome, Role } from '@app/contracts';
import { CASE_ACTIONS, REASON_CODES } from '@app/contracts';
import { applyCommand } from './apply';
import type { Case, CaseActor, Person } from './case';
import { GOOD_COMMANDS, newCase, NOW, person, RANGE, system } from './case.fixture';
import { auditActionOf, isSealed, wordsOf } from './case-words';
import type { Command } from './command';
import { conflictsOf, panelMajority, votesNow } from './rules';

const RUNS = 5_000;
const STEPS = 30;

const STAFF: readonly (readonly [id: string, role: Role, other: Partial<Person>])[] = [
  ['reporter', 'observer', { organisation: 'Party A' }],
  ['reporter', 'triage', { organisation: 'Party A' }],
  ['t1', 'triage', {}],
  ['t2', 'triage', { organisation: 'Party A' }],
  ['t3', 'triage', { organisation: 'Mission' }],
  ['r1', 'reviewer', {}],
  ['r2', 'reviewer', {}],
  ['r3', 'reviewer', { commissionStationId: 'station' }],
  ['r4', 'reviewer', { organisation: 'party a' }],
  ['r5', 'reviewer', {}],
  ['r6', 'reviewer', {}],
  ['c1', 'chair', {}],
  ['c2', 'chair', { organisation: 'Mission' }],
  ['auditor', 'auditor', {}],
  ['custodian', 'custodian', {}],
  ['admin', 'admin', {}],
];
const ACTORS: readonly CaseActor[] = [system, ...STAFF.map(([id, role, other]) => person(id, role, other))];

interface Move {
  action: CaseAction;
  actor: CaseActor;
  outcome: Outcome;
  reason: string;
  passMs: number;
  played: boolean;
}

const OUTCOME_PICKS = ['confirmed', 'confirmed', 'not_confirmed', 'inconclusive', 'out_of_scope'] as const;
const REASON_PICKS = ['a good reason', 'a good reason', 'a good reason', '', '  '] as const;
const PASS_PICKS = [0, 1_000, 60_000, 700_000] as const;

/** A step read out of one number, which is much faster to draw than its parts. */
function stepOf(drawn: number): [Move, number, number] {
  let rest = drawn;
  const pick = (below: number): number => {
    const picked = rest % below;
    rest = Math.floor(rest / below);
    return picked;
  };
  const of = <T>(list: readonly T[]): T => list[pick(list.length)]!;
  const move = {
    action: of(CASE_ACTIONS),
    actor: of(ACTORS),
    outcome: of(OUTCOME_PICKS),
    reason: of(REASON_PICKS),
    passMs: of(PASS_PICKS),
  };
  return [{ ...move, played: pick(2) === 0 }, pick(10), pick(100)];
}

/** Nine steps in ten are the next one of a path that leads to a decision, so that the histories get anywhere. */
const TOWARDS: Partial<Record<Case['state'], readonly [CaseAction, readonly string[]][]>> = {
  submitted: [['claim', ['t1', 't3']]],
  triaging: [
    ['claim', ['t1', 't3']],
    ['route', ['t1', 't3']],
    ['out-of-scope', ['t1', 't3']],
  ],
  in_review: [
    ['claim', ['r1', 'r2', 'r5']],
    ['find', ['r1', 'r2', 'r5']],
  ],
  awaiting_second: [
    ['claim', ['r1', 'r2', 'r5']],
    ['second', ['r1', 'r2', 'r5']],
  ],
  disputed: [['vote', ['r1', 'r2', 'r5', 'r6', 'c1', 'c2']]],
  decided: [
    ['ask-reopen', ['auditor', 'reporter']],
    ['reopen', ['c1', 'c2']],
  ],
};

const history = fc.record({
  severity: fc.constantFrom('S1' as const, 'S2' as const, 'S3' as const, 'S4' as const),
  code: fc.constantFrom('VOT-01', 'CNT-01', 'ENV-03', 'OTH-00'),
  isSampled: fc.boolean(),
  moves: fc.array(fc.maxSafeNat(), { minLength: STEPS, maxLength: STEPS }),
});

function steered(incident: Case, [random, die, pick]: [Move, number, number]): Move {
  const ways = TOWARDS[incident.state];
  if (die === 0 || !ways) return random;
  const holder = incident.lease?.holderId;
  const [action, ids] = ways[pick % ways.length] ?? ways[0]!;
  const wanted = holder !== undefined && ids.includes(holder) && action !== 'claim' ? holder : ids[(pick * 7 + die) % ids.length];
  const actor = ACTORS.find((each) => each.kind === 'user' && each.id === wanted);
  return { ...random, action, actor: actor ?? random.actor, passMs: random.passMs % 1_000, played: true };
}

function commandOf({ action, outcome, reason }: Move): Command {
  const command: Command = { ...GOOD_COMMANDS[action] };
  if ('reason' in command) command.reason = reason;
  if (command.action === 'find' || command.action === 'second' || command.action === 'vote')
    return { ...command, outcome, reasonCode: REASON_CODES[outcome][0] };
  return command;
}

/** What the services keep beside the case, in memory. */
class CaseRecord {
  readonly versions: { version: number; text: string }[] = [];
  readonly holds = [{ released: false }];
  readonly chain: ChainedEvent[] = [];

  add(before: Case, next: Case, command: Command, actor: CaseActor, now: number, words: ReturnType<typeof wordsOf>): void {
    if (next.version !== before.version) this.versions.push({ version: next.version, text: JSON.stringify(next) });
    const facts = {
      electionId: 'e',
      at: new Date(now),
      actor: actor.kind === 'user' ? ({ kind: 'user', id: actor.id } as const) : actor,
      grant: null,
      action: auditActionOf(command.action),
      subject: { kind: 'incident', id: next.id },
      regionId: null,
      stationId: null,
      from: before.state,
      to: next.state,
      requestId: null,
      ...words,
    };
    const previousHash = this.chain.at(-1)?.hash ?? CHAIN_START;
    this.chain.push({ ...facts, seq: this.chain.length + 1, previousHash, hash: nextHash(previousHash, bodyOf(facts)) });
  }
}

const reached = new Set<string>();

describe('random histories of an incident', () => {
  it(`keep what has to hold, ${RUNS} times`, () => {
    fc.assert(
      fc.property(history, ({ severity, code, isSampled, moves }) => {
        const record = new CaseRecord();
        let incident = newCase({ state: 'draft', severity, reportedSeverity: severity, code, isSampled });
        let now = NOW;
        const kept: { at: number; version: number; text: string }[] = [];
        const submit = {
          action: 'submit',
          actor: ACTORS[1]!,
          outcome: 'confirmed',
          reason: '',
          passMs: 0,
          played: false,
        } as const;
        for (const step of [null, ...moves]) {
          const chosen: Move = step === null ? submit : steered(incident, stepOf(step));
          now += chosen.passMs;
          const command = commandOf(chosen);
          const frozen = JSON.stringify(incident);
          const applied = applyCommand({ incident, actor: chosen.actor, command, now, played: chosen.played ? [RANGE] : [] });
          // Nothing is changed in place: neither by what is refused nor by what is done.
          assert.equal(JSON.stringify(incident), frozen);
          if (!applied.ok) continue;
          checkStep(incident, applied.next, chosen, command);
          const words = wordsOf(command, incident, applied);
          if (isSealed(command.action, applied)) assert.deepEqual(words, { reason: null, detail: {} });
          record.add(incident, applied.next, command, chosen.actor, now, words);
          incident = applied.next;
          reached.add(`${command.action} ${incident.state}`);
          const newest = record.versions.at(-1);
          if (newest && kept.at(-1)?.version !== newest.version) kept.push({ at: record.versions.length - 1, ...newest });
        }
        for (const { at, version, text } of kept)
          assert.deepEqual([record.versions[at]?.version, record.versions[at]?.text], [version, text]);
        assert.deepEqual(
          record.versions.map(({ version }) => version),
          record.versions.map((_, index) => index + 2),
        );
        assert.ok(record.holds.every(({ released }) => !released) && record.holds.length === 1);
        assert.equal(verifyChain(record.chain).whole, true);
      }),
      { numRuns: RUNS },
    );
    // The histories went where the rules are.
    for (const each of [
      'find awaiting_second',
      'find decided',
      'second decided',
      'second disputed',
      'vote decided',
      'out-of-scope decided',
      'reopen in_review',
    ])
      expect(reached).toContain(each);
  });
});

function checkStep(before: Case, next: Case, { actor }: Move, command: Command): void {
  assert.deepEqual(next.votes.slice(0, before.votes.length), before.votes);
  assert.ok(next.version - before.version <= 1 && next.round >= before.round && next.reporterId === before.reporterId);
  for (const vote of next.votes.slice(before.votes.length)) {
    assert.notEqual(vote.reason.trim(), '');
    assert.equal((actor as Person).id, vote.voterId);
    assert.deepEqual(conflictsOf(actor as Person, before), []);
    // A ≠ B, and neither of them in the panel: one vote a person and incident, over all rounds.
    if (vote.stage !== 'scope') assert.ok(!before.votes.some((each) => each.voterId === vote.voterId));
  }
  if (next.state !== 'decided' || before.state === 'decided') return;
  assert.ok(next.outcome !== null && next.reasonCode !== null && next.votes.length > before.votes.length);
  const [first, second] = [votesNow(next, 'first')[0], votesNow(next, 'second')[0]];
  if (command.action === 'find') assert.ok(['S3', 'S4'].includes(next.severity) && !/^CNT|^TAB/.test(next.code));
  if (command.action === 'second') {
    assert.deepEqual([first?.outcome, second?.outcome], [next.outcome, next.outcome]);
    assert.notEqual(first?.voterId, second?.voterId);
  }
  if (command.action === 'vote') assert.equal(panelMajority(votesNow(next, 'panel'))?.outcome, next.outcome);
}
