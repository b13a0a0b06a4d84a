import { Dictionary } from './dictionary';

describe(Dictionary, () => {
  let dictionary: Dictionary;
  beforeEach(() => {
    dictionary = new Dictionary('en', { 'uz-Cyrl': ['uz-Latn'] });
    const english = { a: { b: 'Held by {{name}}' }, only: 'Here', flags_one: '{{count}} flag', flags_other: '{{count}} flags' };
    dictionary.add('en', 'desk', english);
    dictionary.add('ru', 'desk', { flags_one: '{{count}} раз', flags_few: '{{count}} раза', flags_many: '{{count}} раз' });
    dictionary.add('uz-Latn', 'desk', { a: { b: '{{name}} oldi' } });
  });

  it('fills in parameters, and takes what was filled in for no parameter', () => {
    expect(dictionary.text('desk:a.b', { name: 'A' })).toBe('Held by A');
    expect(dictionary.text('desk:a.b', { name: '{{name}}' })).toBe('Held by {{name}}');
    expect(dictionary.text('desk:a.b')).toBe('Held by ');
    expect(dictionary.raw('desk:a.b')).toBe('Held by {{name}}');
  });

  it.each([
    ['en', 1, '1 flag'],
    ['en', 0, '0 flags'],
    ['ru', 21, '21 раз'],
    ['ru', 3, '3 раза'],
    ['ru', 11, '11 раз'],
  ])('says in %s of %i: %s', (language, count, text) => {
    dictionary.speak(language);
    expect(dictionary.text('desk:flags', { count })).toBe(text);
  });

  it('falls back by the chain of the language, then to the source, then to the key', () => {
    dictionary.speak('uz-Cyrl');
    expect(dictionary.text('desk:a.b', { name: 'A' })).toBe('A oldi');
    expect(dictionary.text('desk:only')).toBe('Here');
    expect(dictionary.text('desk:none.such')).toBe('desk:none.such');
    expect([dictionary.exists('desk:only'), dictionary.exists('desk:a'), dictionary.exists('wall:a')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('tells when another language is spoken', () => {
    const told = jest.fn();
    const stop = dictionary.onChange(told);
    dictionary.speak('ru');
    stop();
    dictionary.speak('en');
    expect(told).toHaveBeenCalledTimes(1);
    expect(dictionary.language).toBe('en');
  });
});
