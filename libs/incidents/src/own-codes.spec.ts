import { languageOf } from '@app/contracts';
import { LABELS } from './labels';
import { taxonomyProblems } from './own-codes';
import { GROUP_LABELS, TAXONOMY } from './taxonomy';

const row = (code: string, other = {}) => ({ code, version: 1, label: 'A label', severity: 'S2', parent_code: null, ...other });
const seeded = TAXONOMY.map(({ code, label, severity }) => row(code, { label, severity }));

describe('the codes of a deployment', () => {
  it('may be the taxonomy with codes of its own that map to it', () => {
    expect(taxonomyProblems([...seeded, row('X-QUEUE', { parent_code: 'VOT-06' })])).toEqual([]);
  });

  it.each([
    ['another severity', row('VOT-01', { label: 'Ballot-box stuffing', severity: 'S4' })],
    ['another meaning', row('VOT-01', { label: 'Long queue', severity: 'S1' })],
    ['a newer version than ours', row('VOT-01', { label: 'Ballot-box stuffing', severity: 'S1', version: 2 })],
    ['a code that looks like one of the taxonomy', row('VOT-99', { parent_code: 'VOT-01' })],
    ['an own code that maps to nothing', row('X-QUEUE')],
    ['an own code that maps to another own one', row('X-QUEUE', { parent_code: 'X-OTHER' })],
  ])('may not have %s', (_name, wrong) => {
    expect(taxonomyProblems([...seeded.filter(({ code }) => code !== wrong.code), wrong])).toMatchObject([{ field: wrong.code }]);
  });
});

describe('the languages', () => {
  it.each(Object.entries(LABELS))('%s names every code and group', (_lang, { groups, codes }) => {
    expect(Object.keys(codes).sort()).toEqual(TAXONOMY.map(({ code }) => code).sort());
    expect(Object.keys(groups).sort()).toEqual(Object.keys(GROUP_LABELS).sort());
    expect(new Set(Object.values(codes)).size).toBe(TAXONOMY.length);
  });

  it.each([
    ['ru-KZ', 'ru'],
    ['UZ-cyrl', 'uz-Cyrl'],
    ['uz', 'uz-Latn'],
    ['uz-Latn-UZ', 'uz-Latn'],
    ['kk', 'kk'],
    ['fr', 'en'],
    [undefined, 'en'],
  ])('%s is %s', (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });
});
