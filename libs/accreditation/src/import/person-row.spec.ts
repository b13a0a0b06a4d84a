import type { ImportProblem } from '@app/contracts';
import { readColumns } from './columns';
import { readPerson } from './person-row';

const HEADER = ['name', 'email', 'phone', 'organisation', 'kind', 'regions', 'stations', 'valid_from', 'valid_to', 'reason'];
const GOOD = {
  name: 'Dilnoza Karimova',
  email: 'd.karimova@example.org',
  phone: '+998 90 123-45-67',
  organisation: 'Voters’ Watch',
  kind: 'citizen',
  regions: '',
  stations: '',
  valid_from: '2026-11-20T00:00Z',
  valid_to: '2026-11-30T00:00+05:00',
  reason: 'Decision 12 of the commission',
};
const read = (changes: Partial<typeof GOOD> = {}) => {
  const cells = HEADER.map((name) => ({ ...GOOD, ...changes })[name as keyof typeof GOOD]);
  return readPerson(cells, readColumns(HEADER).columns, 7);
};

describe(readPerson, () => {
  it('reads a whole row', () => {
    expect(read()).toEqual({
      line: 7,
      name: GOOD.name,
      email: GOOD.email,
      phone: GOOD.phone,
      organisation: GOOD.organisation,
      kind: 'citizen',
      places: { kind: 'election' },
      validFrom: new Date('2026-11-20T00:00:00Z'),
      validTo: new Date('2026-11-29T19:00:00Z'),
      reason: GOOD.reason,
    });
  });

  it('reads places as lists, and takes an empty telephone for none', () => {
    expect(read({ regions: 'North/Upper ; South', phone: '' })).toMatchObject({
      phone: null,
      places: { kind: 'regions', paths: [['North', 'Upper'], ['South']] },
    });
    expect(read({ stations: '0101;0102; 0101' })).toMatchObject({ places: { kind: 'stations', codes: ['0101', '0102'] } });
  });

  it.each([
    ['name', '', 'cell.empty'],
    ['name', 'x'.repeat(201), 'person.name'],
    ['name', 'two\nlines', 'person.name'],
    ['email', 'nobody', 'person.email'],
    ['phone', 'call me', 'person.phone'],
    ['organisation', '', 'cell.empty'],
    ['kind', 'friend', 'person.kind'],
    ['stations', '01 01', 'person.places'],
    ['stations', Array.from({ length: 201 }, (_, index) => index).join(';'), 'person.places'],
    ['valid_from', '2026-11-20T00:00', 'person.valid_from'],
    ['valid_from', 'tomorrow', 'person.valid_from'],
    ['valid_to', '2026-11-19T00:00Z', 'person.valid_to'],
    ['valid_to', '', 'person.valid_to'],
    ['reason', 'no', 'person.reason'],
  ] as const)('refuses a bad %s (%j) at its own column', (column, text, code) => {
    expect(read({ [column]: text })).toEqual([
      { line: 7, column: HEADER.indexOf(column) + 1, code, message: expect.any(String) },
    ]);
  });

  it('refuses regions together with stations', () => {
    expect(read({ regions: 'North', stations: '0101' })).toEqual([expect.objectContaining({ code: 'person.places' })]);
  });

  it('tells of every bad cell of a row at once', () => {
    const problems = read({ email: '', kind: '', reason: '' }) as ImportProblem[];
    expect(problems.map(({ column }) => column)).toEqual([2, 5, 10]);
  });

  it('refuses a row of another length', () => {
    expect(readPerson(['a', 'b'], readColumns(HEADER).columns, 3)).toEqual([
      { line: 3, column: 3, code: 'row.length', message: expect.any(String) },
    ]);
  });
});

describe(readColumns, () => {
  it('wants those it needs, once each, and no others', () => {
    const { problems } = readColumns(['name', 'Name', 'salary', 'email', 'organisation', 'kind', 'valid_from', 'valid_to']);
    expect(problems.map(({ column, code }) => [column, code])).toEqual([
      [2, 'column.duplicate'],
      [3, 'column.unknown'],
      [1, 'column.missing'],
    ]);
  });
});
