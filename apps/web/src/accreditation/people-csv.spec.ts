import { peopleCsv } from './people-csv';

describe(peopleCsv, () => {
  it('quotes what has to be quoted, and runs nothing', () => {
    const people = [
      { line: 2, name: 'Petrova, "Ana"', number: '7K4M-2QXR-C', reference: 'AAAAA' },
      { line: 3, name: '=HYPERLINK(1)', number: '7K4M-2QXR-D', reference: 'BBBBB' },
    ];
    expect(peopleCsv(people)).toBe(
      'line,name,number,reference\r\n2,"Petrova, ""Ana""",7K4M-2QXR-C,AAAAA\r\n3,\'=HYPERLINK(1),7K4M-2QXR-D,BBBBB',
    );
  });
});
