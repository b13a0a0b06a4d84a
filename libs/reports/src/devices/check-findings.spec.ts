import type { CheckDevice } from '@app/contracts';
import { findingsOf } from './check-findings';

const DEVICE = { serial: 'VM-0012', seals: ['A1', 'B2'], opensAt: new Date('2026-10-25T08:00:00Z') };
const ZERO: CheckDevice = {
  kind: 'zero-tape',
  observedAt: '2026-10-25T07:50:00Z',
  serial: 'VM-0012',
  seals: ['A1', 'B2'],
  printed: true,
  printedAt: '2026-10-25T07:45:00Z',
  numbers: [
    { option: 'Ana', count: 0 },
    { option: 'Boris', count: 0 },
  ],
  protocol: [],
};
const numbers = [
  { option: 'Ana', count: 120 },
  { option: 'Boris', count: 80 },
];
const RESULT: CheckDevice = { ...ZERO, kind: 'result-tape', printedAt: null, numbers, protocol: numbers };
const codes = (check: CheckDevice) => findingsOf(check, DEVICE).map(({ code, incident }) => `${code} ${incident}`);

describe(findingsOf, () => {
  it('finds nothing where all is as it should be, however serial and seals are typed', () => {
    expect(codes(ZERO)).toEqual([]);
    expect(codes({ ...ZERO, serial: 'vm- 0012', seals: ['b2', 'a1'] })).toEqual([]);
    expect(codes({ ...ZERO, printedAt: '2026-10-25T08:00:00Z' })).toEqual([]);
    expect(codes(RESULT)).toEqual([]);
  });

  it.each<[Partial<CheckDevice>, string]>([
    [{ serial: 'VM-0013' }, 'serial-differs EVT-02'],
    [{ seals: ['A1'] }, 'seal-differs EVT-03'],
    [{ seals: ['A1', 'B2', 'C3'] }, 'seal-differs EVT-03'],
    [{ printed: false, numbers: [] }, 'zero-tape-missing EVT-01'],
    [{ printedAt: '2026-10-25T08:00:01Z' }, 'zero-tape-late EVT-01'],
    [{ numbers: [{ option: 'Ana', count: 3 }] }, 'zero-tape-not-zero EVT-01'],
  ])('of a zero tape with %j: %s', (changes, finding) => {
    expect(codes({ ...ZERO, ...changes })).toEqual([finding]);
  });

  it('of a result tape: that there is none, and each option that differs from the protocol', () => {
    expect(codes({ ...RESULT, printed: false, numbers: [] })).toEqual(['result-tape-missing EVT-04']);
    const protocol = [
      { option: 'Ana', count: 121 },
      { option: 'Boris', count: 80 },
      { option: 'Clara', count: 1 },
    ];
    expect(findingsOf({ ...RESULT, protocol }, DEVICE)).toEqual([
      { code: 'totals-differ', incident: 'EVT-04', expected: 'Ana: 121; Clara: 1', found: 'Ana: 120; Clara: -' },
    ]);
    expect(codes({ ...RESULT, protocol: [] })).toEqual([]);
  });

  it('names all of them at once', () => {
    expect(codes({ ...ZERO, serial: 'X', seals: [], numbers: [{ option: 'Ana', count: 1 }] })).toHaveLength(3);
  });
});
