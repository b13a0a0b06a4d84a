import type { CaseAction, ErrorCode } from '@app/contracts';
import { allowedActions, applyCommand } from './apply';
import type { Case, CaseActor, Span, Vote } from './case';
import { finding, GOOD_COMMANDS, newCase, NOW, person, RANGE } from './case.fixture';
import type { Command } from './command';
import { CLAIM_MS, conflictsOf, corroborationOf, coversRange, panelMajority } from './rules';

const triage = person('t', 'triage');
const reviewer = person('r', 'reviewer');
const chair = person('c', 'chair');
const heldBy = (holderId: string, until = NOW + 1) => ({ holderId, until });
const vote = (voterId: string, other: Partial<Vote> = {}): Vote => ({
  round: 1,
  stage: 'first',
  voterId,
  isChair: false,
  outcome: 'confirmed',
  reasonCode: 'seen',
  reason: 'r',
  ...other,
});
const act = (incident: Case, actor: CaseActor, command: Command, played: Span[] = [RANGE], now = NOW) =>
  applyCommand({ incident, actor, command, now, played });
const next = (...args: Parameters<typeof act>): Case => {
  const result = act(...args);
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.next;
};
const codeOf = (...args: Parameters<typeof act>): ErrorCode | 'done' => {
  const result = act(...args);
  return result.ok ? 'done' : result.code;
};
const inReview = (other: Partial<Case> = {}) => newCase({ state: 'in_review', lease: heldBy('r'), ...other });

describe('a claim', () => {
  it('is a lease of ten minutes, and makes a version only where it moves the incident', () => {
    const claimed = next(newCase(), triage, { action: 'claim' });
    expect(claimed).toMatchObject({ state: 'triaging', version: 2, lease: { holderId: 't', until: NOW + CLAIM_MS } });
    expect(next(claimed, triage, { action: 'renew' }, [], NOW + 5)).toMatchObject({
      version: 2,
      lease: { until: NOW + 5 + CLAIM_MS },
    });
  });

  it('keeps others out until it has run out, and says who holds it', () => {
    const held = newCase({ state: 'triaging', lease: heldBy('other', NOW + 1) });
    expect(act(held, triage, { action: 'claim' })).toMatchObject({
      code: 'incident.held',
      details: { holderId: 'other', until: new Date(NOW + 1).toISOString() },
    });
    expect(codeOf(held, triage, { action: 'claim' }, [], NOW + 1)).toBe('done');
  });

  it.each(['renew', 'release', 'hand-over', 'classify', 'merge', 'ask', 'route', 'out-of-scope'] as const)(
    'that has run out lets nobody %s',
    (action) => {
      const ran = newCase({ state: 'triaging', lease: heldBy('t', NOW) });
      expect(codeOf(ran, triage, GOOD_COMMANDS[action])).toBe('incident.not-held');
      expect(codeOf({ ...ran, lease: heldBy('other') }, triage, GOOD_COMMANDS[action])).toBe('incident.held');
    },
  );

  it('is handed over only to somebody who may hold it', () => {
    const held = inReview();
    const to = (recipient: typeof reviewer) => codeOf(held, reviewer, { action: 'hand-over', recipient });
    expect(to(person('x', 'reviewer'))).toBe('done');
    expect(to(person('x', 'triage'))).toBe('incident.recipient-invalid');
    expect(to(person('x', 'reviewer', { organisation: 'party a' }))).toBe('incident.recipient-invalid');
  });
});

describe('a conflict of interest', () => {
  it.each([
    ['their own report', person('reporter', 'reviewer'), ['own-report']],
    ['their organisation, however it is written', person('x', 'reviewer', { organisation: '  party  A ' }), ['own-organisation']],
    ['their own polling station', person('x', 'reviewer', { commissionStationId: 'station' }), ['own-commission']],
    ['none of these', person('x', 'reviewer', { organisation: 'Party B', commissionStationId: 'elsewhere' }), []],
  ])('is %s', (_name, who, conflicts) => {
    expect(conflictsOf(who, newCase())).toEqual(conflicts);
  });

  const rows: [CaseAction, Case['state'], Parameters<typeof person>[1]][] = [
    ['claim', 'submitted', 'triage'],
    ['route', 'triaging', 'triage'],
    ['out-of-scope', 'triaging', 'triage'],
    ['claim', 'in_review', 'reviewer'],
    ['find', 'in_review', 'reviewer'],
    ['second', 'awaiting_second', 'reviewer'],
    ['vote', 'disputed', 'reviewer'],
    ['reopen', 'decided', 'chair'],
  ];
  it.each(rows)('keeps somebody from %s', (action, state, role) => {
    const who = person('x', role, { organisation: 'Party A' });
    expect(codeOf(newCase({ state, lease: heldBy('x') }), who, GOOD_COMMANDS[action])).toBe('incident.conflict-of-interest');
  });
});

describe('reviewer A', () => {
  it('has played the whole range, in whatever pieces', () => {
    expect(codeOf(inReview(), reviewer, GOOD_COMMANDS.find, [])).toBe('incident.not-played');
    const half = { from: RANGE.from, to: RANGE.from + 15_000 };
    expect(codeOf(inReview(), reviewer, GOOD_COMMANDS.find, [half])).toBe('incident.not-played');
    expect(codeOf(inReview(), reviewer, GOOD_COMMANDS.find, [{ from: half.to, to: RANGE.to }, half])).toBe('done');
    expect(coversRange([half, { from: half.to + 501, to: RANGE.to }], RANGE)).toBe(false);
  });

  it.each([
    ['no reason', { reason: ' ' }, 'incident.reason-missing'],
    ['a reason code of another outcome', { reasonCode: 'lawful' }, 'incident.outcome-invalid'],
    ['no range', { range: null }, 'incident.evidence-missing'],
    ['no evidence', { evidence: [] }, 'incident.evidence-missing'],
  ])('does not find with %s', (_name, wrong, code) => {
    expect(codeOf(inReview(), reviewer, { ...GOOD_COMMANDS.find, ...wrong })).toBe(code);
  });

  it.each([
    ['S1', {}, 'awaiting_second'],
    ['S2', { severity: 'S2' }, 'awaiting_second'],
    ['S3', { severity: 'S3' }, 'decided'],
    ['S4', { severity: 'S4' }, 'decided'],
    ['S3 of the count', { severity: 'S3', code: 'CNT-01' }, 'awaiting_second'],
    ['S4 of the transfer', { severity: 'S4', code: 'TAB-02' }, 'awaiting_second'],
    ['S3 of an open port', { severity: 'S3', code: 'EVT-03' }, 'awaiting_second'],
    ['S3 of results that differ', { severity: 'S3', code: 'EVT-04' }, 'awaiting_second'],
    ['S3 of a device', { severity: 'S3', code: 'EVT-02' }, 'decided'],
    ['S3 that is drawn for a second look', { severity: 'S3', isSampled: true }, 'awaiting_second'],
    ['S3 that was S1 until A said otherwise', { severity: 'S3', severityBy: 'r' }, 'awaiting_second'],
    ['S3 that triage made it', { severity: 'S3', severityBy: 't' }, 'decided'],
  ] as const)('decides alone or not: %s', (_name, facts, state) => {
    expect(next(inReview({ code: 'VOT-01', ...facts }), reviewer, GOOD_COMMANDS.find).state).toBe(state);
  });
});

describe('reviewer B', () => {
  const waiting = newCase({ state: 'awaiting_second', lease: heldBy('r'), votes: [vote('a')] });

  it('is not A, and nobody who decided in an earlier round', () => {
    expect(codeOf({ ...waiting, votes: [vote('r')] }, reviewer, GOOD_COMMANDS.second)).toBe('incident.same-person');
    const earlier = { ...waiting, round: 2, votes: [vote('r', { round: 1 }), vote('a', { round: 2 })] };
    expect(codeOf(earlier, reviewer, GOOD_COMMANDS.second)).toBe('incident.same-person');
    expect(codeOf({ ...waiting, lease: null, votes: [vote('r')] }, reviewer, { action: 'claim' })).toBe('incident.same-person');
  });

  it('decides with A, or makes it disputed', () => {
    expect(next(waiting, reviewer, GOOD_COMMANDS.second)).toMatchObject({
      state: 'decided',
      outcome: 'confirmed',
      reasonCode: 'seen',
    });
    const differs = { ...GOOD_COMMANDS.second, outcome: 'inconclusive', reasonCode: 'view-blocked' } as const;
    expect(next(waiting, reviewer, differs)).toMatchObject({ state: 'disputed', outcome: null });
  });
});

describe('the panel', () => {
  const disputed = newCase({ state: 'disputed', votes: [vote('a'), vote('b', { stage: 'second', outcome: 'inconclusive' })] });
  const votes = (incident: Case, ...by: [CaseActor, Vote['outcome'], string][]): Case =>
    by.reduce(
      (each, [who, outcome, reasonCode]) => next(each, who, { action: 'vote', ...finding, outcome, reasonCode }),
      incident,
    );

  it('needs three, the chair among them, and a majority', () => {
    const two = votes(disputed, [reviewer, 'confirmed', 'seen'], [person('r2', 'reviewer'), 'confirmed', 'seen']);
    expect(two.state).toBe('disputed');
    expect(votes(two, [person('r3', 'reviewer'), 'confirmed', 'seen']).state).toBe('disputed');
    expect(votes(two, [chair, 'not_confirmed', 'not-seen'])).toMatchObject({ state: 'decided', outcome: 'confirmed' });
  });

  it('goes on where three disagree', () => {
    const split = votes(
      disputed,
      [reviewer, 'confirmed', 'seen'],
      [chair, 'not_confirmed', 'not-seen'],
      [person('r2', 'reviewer'), 'inconclusive', 'view-blocked'],
    );
    expect(split.state).toBe('disputed');
    expect(panelMajority(split.votes.filter((each) => each.stage === 'panel'))).toBeUndefined();
    const four = votes(split, [person('r3', 'reviewer'), 'confirmed', 'seen']);
    expect(four.state).toBe('disputed');
    expect(votes(four, [person('r4', 'reviewer'), 'confirmed', 'seen']).state).toBe('decided');
  });

  it('has no vote for A, for B, or for anybody twice', () => {
    expect(codeOf(disputed, person('a', 'reviewer'), GOOD_COMMANDS.vote)).toBe('incident.same-person');
    expect(codeOf(disputed, person('b', 'reviewer'), GOOD_COMMANDS.vote)).toBe('incident.same-person');
    const once = next(disputed, reviewer, GOOD_COMMANDS.vote);
    expect(codeOf(once, reviewer, GOOD_COMMANDS.vote)).toBe('incident.same-person');
  });
});

describe('triage', () => {
  const held = (other: Partial<Case> = {}) => newCase({ state: 'triaging', lease: heldBy('t'), ...other });

  it('needs a second one to put aside what was reported as S1 or S2, or is drawn', () => {
    const proposed = next(held(), triage, GOOD_COMMANDS['out-of-scope']);
    expect(proposed).toMatchObject({ state: 'triaging', outcome: null, lease: null });
    const again = { ...proposed, lease: heldBy('t') };
    expect(codeOf(again, triage, GOOD_COMMANDS['out-of-scope'])).toBe('incident.second-needed');
    const second = person('t2', 'triage');
    expect(next({ ...proposed, lease: heldBy('t2') }, second, GOOD_COMMANDS['out-of-scope'])).toMatchObject({
      state: 'decided',
      outcome: 'out_of_scope',
    });
    expect(next(held({ reportedSeverity: 'S3', isSampled: true }), triage, GOOD_COMMANDS['out-of-scope']).state).toBe('triaging');
    expect(next(held({ reportedSeverity: 'S3' }), triage, GOOD_COMMANDS['out-of-scope']).state).toBe('decided');
  });

  it('does not decide anything else', () => {
    const confirm: Command = { ...GOOD_COMMANDS['out-of-scope'], outcome: 'confirmed', reasonCode: 'seen' };
    expect(codeOf(held(), triage, confirm)).toBe('incident.outcome-invalid');
  });

  it('routes only what is named: “Other” needs a text', () => {
    expect(codeOf(held({ code: 'OTH-00', hasNote: false }), triage, GOOD_COMMANDS.route)).toBe('incident.facts-missing');
    expect(codeOf(held({ code: 'OTH-00' }), triage, GOOD_COMMANDS.route)).toBe('done');
    expect(codeOf(held({ regionId: null }), triage, GOOD_COMMANDS.route)).toBe('incident.facts-missing');
    expect(next(held(), triage, { ...GOOD_COMMANDS.route, severity: 'S3' })).toMatchObject({
      severity: 'S3',
      severityBy: 't',
      reportedSeverity: 'S1',
    });
  });

  it.each([
    ['another station', { stationId: 'elsewhere' }],
    ['one that is decided', { state: 'decided' }],
    ['one that is merged itself', { state: 'merged' }],
    ['itself', { id: 'case' }],
    ['another time', { range: { from: RANGE.to + 1, to: RANGE.to + 2 } }],
  ] as const)('does not merge into %s', (_name, wrong) => {
    const { target } = GOOD_COMMANDS.merge;
    const command = { ...GOOD_COMMANDS.merge, target: target && { ...target, ...wrong } };
    expect(codeOf(held(), triage, command)).toBe('incident.merge-invalid');
  });

  it('merges another time of the same story, but nothing that others were merged into', () => {
    const { target } = GOOD_COMMANDS.merge;
    const later = {
      ...GOOD_COMMANDS.merge,
      sameStory: true,
      target: target && { ...target, range: { from: RANGE.to + 1, to: RANGE.to + 2 } },
    };
    expect(next(held(), triage, later)).toMatchObject({ state: 'merged', mergedInto: 'other' });
    expect(codeOf(held({ hasMerged: true }), triage, GOOD_COMMANDS.merge)).toBe('incident.merge-invalid');
  });
});

describe('a question', () => {
  it('goes back to where it came from, with the answer or when its time is over', () => {
    const asked = next(inReview(), reviewer, GOOD_COMMANDS.ask);
    expect(asked).toMatchObject({ state: 'needs_info', returnTo: 'in_review', lease: null });
    expect(next(asked, person('reporter', 'observer'), GOOD_COMMANDS.answer)).toMatchObject({
      state: 'in_review',
      answerDue: null,
    });
    expect(codeOf(asked, { kind: 'system' }, { action: 'resume' })).toBe('incident.too-early');
    expect(next(asked, { kind: 'system' }, { action: 'resume' }, [], NOW + 3_600_000).state).toBe('in_review');
  });
});

describe('reopening', () => {
  const decided = newCase({ state: 'decided', outcome: 'confirmed', votes: [vote('a'), vote('b', { stage: 'second' })] });

  it('is asked for by one, and approved by another who did not decide', () => {
    expect(codeOf(decided, chair, GOOD_COMMANDS.reopen)).toBe('incident.reopen-not-asked');
    const asked = next(decided, person('auditor', 'auditor'), GOOD_COMMANDS['ask-reopen']);
    expect(codeOf(asked, person('b', 'chair'), GOOD_COMMANDS.reopen)).toBe('incident.same-person');
    expect(codeOf({ ...asked, reopenAskedBy: 'c' }, chair, GOOD_COMMANDS.reopen)).toBe('incident.same-person');
    expect(next(asked, chair, GOOD_COMMANDS.reopen)).toMatchObject({
      state: 'in_review',
      round: 2,
      outcome: null,
      votes: decided.votes,
    });
  });
});

describe('quarantine', () => {
  it('is put on by one and lifted by two', () => {
    const on = next(newCase(), triage, GOOD_COMMANDS.quarantine);
    expect(on).toMatchObject({ quarantine: 'content', quarantineBy: 't' });
    const asked = next(on, triage, GOOD_COMMANDS['lift-quarantine']);
    expect(asked.quarantine).toBe('content');
    expect(codeOf(asked, triage, GOOD_COMMANDS['lift-quarantine'])).toBe('incident.second-needed');
    expect(next(asked, person('k', 'custodian'), GOOD_COMMANDS['lift-quarantine']).quarantine).toBe('none');
    expect(codeOf(newCase(), triage, GOOD_COMMANDS['lift-quarantine'])).toBe('incident.unchanged');
  });
});

describe('corroboration', () => {
  it('counts organisations, not reports', () => {
    expect(corroborationOf(['Party A', ' party a', 'Mission B'])).toBe(2);
    expect(corroborationOf([null, null, 'Party A'])).toBe(2);
  });
});

describe('what may be done', () => {
  it('says what blocks it', () => {
    const actions = allowedActions({ incident: inReview(), actor: reviewer, now: NOW, played: [] });
    expect(actions).toContainEqual({ action: 'find', blockedBy: 'incident.not-played' });
    expect(actions).toContainEqual({ action: 'release', blockedBy: null });
    expect(actions.map((each) => each.action)).not.toContain('route');
  });
});
