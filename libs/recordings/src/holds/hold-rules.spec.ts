import type { Role } from '@app/contracts';
import { areBothSides, expiryProblems, holdStateOf, isEarlier, sidesOf } from './hold-rules';

const NOW = new Date('2026-11-22T12:00:00Z');
const at = (offsetMs: number): Date => new Date(NOW.getTime() + offsetMs);

describe('a hold', () => {
  it.each([
    [null, null, 'active'],
    [at(1), null, 'active'],
    [at(0), null, 'expired'],
    [at(-1), null, 'expired'],
    [null, at(-1), 'released'],
    [at(-1), at(-2), 'released'],
  ])('that ends %s and was released %s is %s', (expiresAt, releasedAt, state) => {
    expect(holdStateOf({ expiresAt, releasedAt }, NOW)).toBe(state);
  });

  it('ends later than now, or never', () => {
    expect([expiryProblems(at(1), NOW), expiryProblems(null, NOW)]).toEqual([[], []]);
    expect(expiryProblems(at(0), NOW)).toEqual([{ field: 'expiresAt', rule: 'is later than now' }]);
  });

  it.each([
    [at(1), at(0), false],
    [at(0), at(0), false],
    [at(-1), at(0), true],
    [null, at(0), false],
    [null, null, false],
    [at(1e12), null, true],
  ])('that is to end %s instead of %s ends earlier: %s', (next, before, earlier) => {
    expect(isEarlier(next, before)).toBe(earlier);
  });
});

describe('the two who release', () => {
  it.each<[Role[], Role[], boolean]>([
    [['custodian'], ['auditor'], true],
    [['auditor'], ['custodian'], true],
    [['custodian'], ['custodian'], false],
    [['auditor'], ['auditor'], false],
    [['custodian', 'auditor'], ['auditor'], true],
    [['auditor'], ['custodian', 'auditor'], true],
    [['custodian'], ['admin', 'chair'], false],
    [[], [], false],
  ])('%j and %j stand on both sides: %s', (asker, confirmer, both) => {
    expect(areBothSides(sidesOf(asker), sidesOf(confirmer))).toBe(both);
  });
});
