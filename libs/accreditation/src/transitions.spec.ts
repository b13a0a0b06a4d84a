import fc from 'fast-check';
import { STORED_ACCREDITATION_STATES } from '@app/contracts';
import { type Change, next, possibleFor, stateAt, type StoredState, TRANSITIONS } from './transitions';

const NOW = new Date('2026-11-22T12:00:00Z');
const LATER = new Date('2026-11-23T12:00:00Z');
const EARLIER = new Date('2026-11-21T12:00:00Z');
const changes = Object.keys(TRANSITIONS) as Change[];

/** Every state × every change, written out: `-` is refused. */
const TABLE: Record<StoredState, string> = {
  submitted: 'approve>approved reject>rejected ask>needs_info',
  needs_info: 'approve>approved reject>rejected answer>submitted',
  approved: 'suspend>suspended revoke>revoked',
  rejected: '',
  suspended: 'resume>approved revoke>revoked',
  revoked: '',
};

describe(next, () => {
  it.each(STORED_ACCREDITATION_STATES)('allows from %s what the table says, and nothing else', (state) => {
    const allowed = changes.flatMap((change) => {
      const to = next({ state, validTo: LATER }, change, NOW);
      return to === undefined ? [] : [`${change}>${to}`];
    });
    expect(allowed.join(' ')).toBe(TABLE[state]);
  });

  it('lets what is expired be revoked, but neither suspended nor resumed', () => {
    const allowed = (state: StoredState) =>
      changes.filter((change) => next({ state, validTo: EARLIER }, change, NOW) !== undefined);
    expect(allowed('approved')).toEqual(['revoke']);
    expect(allowed('suspended')).toEqual(['revoke']);
  });

  it('never leads out of an end state, whatever was tried before', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...changes), { maxLength: 30 }), fc.boolean(), (tried, over) => {
        let state: StoredState = 'submitted';
        const visited: StoredState[] = [state];
        for (const change of tried) {
          state = next({ state, validTo: over ? EARLIER : LATER }, change, NOW) ?? state;
          visited.push(state);
        }
        const end = visited.findIndex((each) => each === 'rejected' || each === 'revoked');
        return end === -1 || visited.slice(end).every((each) => each === visited[end]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe(stateAt, () => {
  it('is expired from the very end on, whether or not it is suspended', () => {
    expect(stateAt({ state: 'approved', validTo: NOW }, NOW)).toBe('expired');
    expect(stateAt({ state: 'suspended', validTo: EARLIER }, NOW)).toBe('expired');
    expect(stateAt({ state: 'approved', validTo: LATER }, NOW)).toBe('approved');
  });

  it.each(['submitted', 'needs_info', 'rejected', 'revoked'] as const)('stays %s for ever', (state) => {
    expect(stateAt({ state, validTo: EARLIER }, NOW)).toBe(state);
  });
});

describe(possibleFor, () => {
  it('tells deciders and applicants apart', () => {
    expect(possibleFor('applicant', { state: 'needs_info', validTo: null }, NOW)).toEqual(['answer']);
    expect(possibleFor('decider', { state: 'needs_info', validTo: null }, NOW)).toEqual(['approve', 'reject']);
    expect(possibleFor('applicant', { state: 'approved', validTo: LATER }, NOW)).toEqual([]);
  });
});
