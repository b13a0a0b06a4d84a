import { searchPatterns, searchTextOf } from './search-text';

describe('searching stations', () => {
  const text = searchTextOf({
    code: 'NOR-17/3',
    name: 'École  Sainte-Ménéhould',
    address: '1, Rue Basse',
    regionPath: ['Île du Nord'],
  });
  const finds = (query: string) =>
    searchPatterns(query).every((pattern) => text.includes(pattern.slice(1, -1).replace(/\\(.)/g, '$1')));

  it.each(['nor-17', '17/3', 'ecole', 'MÉNÉHOULD', 'rue ecole', 'ile du'])('finds it by %s', (query) => {
    expect(finds(query)).toBe(true);
  });

  it.each(['sud', 'ecole sud', '%'])('does not find it by %s', (query) => {
    expect(finds(query)).toBe(false);
  });

  it('takes what LIKE treats specially as it is written, and nothing as no condition', () => {
    expect(searchPatterns('50%_\\')).toEqual(['%50\\%\\_\\\\%']);
    expect([searchPatterns(undefined), searchPatterns('  ')]).toEqual([[], []]);
  });
});
