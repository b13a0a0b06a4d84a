import { readLocal, writeLocal } from '../api/session-hint';

/** A language that can be chosen, by its own name. `complete`: every text of the interface is translated, a test sees to it. */
export interface Language {
  tag: string;
  name: string;
  /** Its name where there is room for a few letters only. */
  short: string;
  complete: boolean;
  /** In which language a text is shown where this one has none. */
  fallback: 'en' | 'uz-Latn';
}

export const LANGUAGES = [
  { tag: 'en', name: 'English', short: 'EN', complete: true, fallback: 'en' },
  { tag: 'ru', name: 'Русский', short: 'RU', complete: true, fallback: 'en' },
  { tag: 'uz-Latn', name: 'Oʻzbekcha', short: 'UZ', complete: true, fallback: 'en' },
  { tag: 'uz-Cyrl', name: 'Ўзбекча', short: 'ЎЗ', complete: false, fallback: 'uz-Latn' },
  { tag: 'kk', name: 'Қазақша', short: 'ҚЗ', complete: false, fallback: 'en' },
] as const satisfies readonly Language[];

export type LanguageTag = (typeof LANGUAGES)[number]['tag'];

const KEY = 'pollglass.language';
/** What browsers call a language that is written in two scripts. */
const MEANT: Readonly<Record<string, LanguageTag>> = { uz: 'uz-Latn', 'uz-uz': 'uz-Latn' };

export const languageNamed = (tag: string | null | undefined): Language | undefined =>
  LANGUAGES.find((language) => language.tag === tag);

/** Whether texts in this language are shown in English: what the server says fits then as it is. */
export const isEnglish = (tag: string): boolean => {
  const { complete, fallback } = languageNamed(tag) ?? LANGUAGES[0];
  return tag === 'en' || (!complete && fallback === 'en');
};

/** The first of the wanted tags (`ru-KZ`, `uz`) that is one of ours, else English. */
export const languageFor = (wanted: readonly string[]): LanguageTag => {
  for (const tag of wanted.map((each) => each.toLowerCase())) {
    const found = LANGUAGES.find(
      (language) => tag === language.tag.toLowerCase() || tag.startsWith(`${language.tag.toLowerCase()}-`),
    );
    const meant = found?.tag ?? MEANT[tag];
    if (meant !== undefined) return meant;
  }
  return 'en';
};

/** The one chosen on this device, else what the browser asks for. */
export const preferredLanguage = (): LanguageTag =>
  languageFor([...[readLocal(KEY)].filter((chosen) => chosen !== null), ...navigator.languages]);

export const rememberLanguage = (tag: LanguageTag): void => writeLocal(KEY, tag);
