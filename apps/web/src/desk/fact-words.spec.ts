import { factName, factText } from './fact-words';

describe('a fact of a version', () => {
  it.each([
    ['state', 'in_review', 'In review'],
    ['outcome', 'not_confirmed', 'Not confirmed'],
    ['reasonCode', 'view-blocked', 'The view was blocked'],
    ['publication', 'coarse', 'Category, outcome and region'],
    ['at', '2026-11-22T09:00:00.000Z', '22 Nov 2026, 14:00:00 (UTC+05)'],
    ['note', 'state', 'state'],
    ['code', 'VOT-01', 'VOT-01'],
    ['round', 2, '2'],
    ['mergedInto', null, 'none'],
    ['state', 'of a later version', 'of a later version'],
  ])('%s %j is said as %j', (name, value, text) => expect(factText(name, value, 'Asia/Tashkent')).toBe(text));

  it('has a name in words', () => expect(factName('reasonCode')).toBe('ground'));

  it('is named as the server names it when a later version of it adds one', () => expect(factName('later')).toBe('later'));
});
