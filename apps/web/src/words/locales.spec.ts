import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANGUAGES } from './languages';
import { NAMESPACES } from './namespaces';
import type { Texts } from './dictionary';

const FOLDER = join(__dirname, '..', '..', 'locales');
const PLURAL = /_(zero|one|two|few|many|other)$/;

const read = (language: string, namespace: string): Map<string, string> => {
  const found = new Map<string, string>();
  const walk = (texts: Texts, prefix: string): void => {
    for (const [key, value] of Object.entries(texts))
      if (typeof value === 'string') found.set(prefix + key, value);
      else walk(value, `${prefix}${key}.`);
  };
  walk(JSON.parse(readFileSync(join(FOLDER, language, `${namespace}.json`), 'utf8')) as Texts, '');
  return found;
};
const partsOf = (text: string): string[] => [...text.matchAll(/\{\{\w+\}\}|<\/?\w+>/g)].map(([part]) => part).sort();
const baseOf = (key: string): string => key.replace(PLURAL, '');

describe('texts', () => {
  const complete = LANGUAGES.filter((language) => language.complete).map(({ tag }) => tag);
  const cases = complete.flatMap((language) => NAMESPACES.map((namespace) => ({ language, namespace })));

  it('are in one file for each namespace and complete language', () => {
    for (const language of complete)
      expect(readdirSync(join(FOLDER, language)).sort()).toEqual([...NAMESPACES].map((name) => `${name}.json`).sort());
  });

  it.each(cases)('of $namespace are complete in $language, in each of its plural forms', ({ language, namespace }) => {
    const english = read('en', namespace);
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const wanted = [...english.keys()].flatMap((key) => {
      if (!PLURAL.test(key)) return [key];
      return key.endsWith('_other') ? forms.map((form) => `${baseOf(key)}_${form}`) : [];
    });
    expect([...read(language, namespace).keys()].sort()).toEqual(wanted.sort());
  });

  it.each(cases)('of $namespace have the same parameters and tags in $language', ({ language, namespace }) => {
    const english = read('en', namespace);
    for (const [key, text] of read(language, namespace)) {
      expect(text.trim()).not.toBe('');
      // A form for one alone may do without the number; in Russian it is that of 21 as well.
      const expected = partsOf(english.get(PLURAL.test(key) ? `${baseOf(key)}_other` : key) ?? '');
      const given = partsOf(text);
      if (PLURAL.test(key)) expect(expected).toEqual(expect.arrayContaining(given));
      else expect({ key, parts: given }).toEqual({ key, parts: expected });
    }
  });

  it.each(cases.filter(({ language }) => language === 'en'))('of $namespace are all used', ({ namespace }) => {
    const code = sources(join(__dirname, '..')).join('\n');
    const unused = [...read('en', namespace).keys()].filter((key) => !isUsed(code, namespace, baseOf(key)));
    expect(unused).toEqual([]);
  });
});

/** A key stands in the code whole, or its parent with a variable after it: `shell:theme.${theme}`. */
const isUsed = (code: string, namespace: string, key: string): boolean => {
  if (new RegExp(`['"\`]${namespace}:${key.replaceAll('.', '\\.')}['"\`]`).test(code)) return true;
  const parts = key.split('.');
  return parts.slice(1).some((_, index) => code.includes(`\`${namespace}:${parts.slice(0, index + 1).join('.')}.\${`));
};

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.spec.') ? [readFileSync(path, 'utf8')] : [];
  });
