import { languageFor } from './languages';

describe('the language for a visitor', () => {
  it.each([
    [['ru-KZ', 'en'], 'ru'],
    [['uz'], 'uz-Latn'],
    [['uz-UZ'], 'uz-Latn'],
    [['uz-Cyrl-UZ', 'ru'], 'uz-Cyrl'],
    [['de', 'kk-KZ'], 'kk'],
    [['EN-us'], 'en'],
    [['de-DE', 'fr'], 'en'],
    [[], 'en'],
  ])('%j is %s', (wanted, tag) => expect(languageFor(wanted)).toBe(tag));
});
