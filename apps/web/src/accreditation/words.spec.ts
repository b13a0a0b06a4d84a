import { hoursText, scopeText, staffStateText } from './words';

describe(scopeText, () => {
  it.each([
    [{ kind: 'election', places: [] }, 'The whole election'],
    [{ kind: 'regions', places: ['North / Upper'] }, 'Region North / Upper'],
    [{ kind: 'stations', places: ['0101', '0102'] }, 'Stations 0101, 0102'],
  ] as const)('says %j', (scope, text) => expect(scopeText({ ...scope, places: [...scope.places] })).toBe(text));
});

describe(staffStateText, () => {
  it('is for the commission: it is not they who have to answer', () =>
    expect([staffStateText('needs_info'), staffStateText('approved')]).toEqual(['Waits for the applicant', 'Approved']));
});

describe(hoursText, () => {
  it.each([
    [0, '1 min'],
    [0.5, '30 min'],
    [1, '1 h'],
    [47.4, '47 h'],
    [60, '2.5 days'],
  ])('says %d', (hours, text) => expect(hoursText(hours)).toBe(text));
});
