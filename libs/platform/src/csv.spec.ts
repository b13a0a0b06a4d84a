import { csvLine } from './csv';

describe(csvLine, () => {
  it('quotes what would end a cell', () => {
    expect(csvLine(['a,b', 'say "x"', 'two\nlines', 1.5, null])).toBe('"a,b","say ""x""","two\nlines",1.5,\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@sum', '\ttab'])('lets no spreadsheet calculate %j', (text) => {
    expect(csvLine([text])).toBe(`'${text}\r\n`);
  });
});
