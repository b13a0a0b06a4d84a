import shell from '../../locales/en/shell.json';
import start from '../../locales/en/start.json';
import time from '../../locales/en/time.json';
import { isEnglish, languageNamed, LANGUAGES, type LanguageTag, preferredLanguage, rememberLanguage } from './languages';
import { NAMESPACES, type Namespace } from './namespaces';
import type { Texts } from './dictionary';
import { dictionary } from '.';

/** What everybody sees first comes with the program in English, so that something can be said when nothing else comes. */
const FIRST = { shell, time, start };
/** What the server says in English can be met everywhere; only other languages need their own words for it. */
const firstOf = (tag: LanguageTag): Namespace[] => [
  ...(Object.keys(FIRST) as (keyof typeof FIRST)[]),
  ...(isEnglish(tag) ? [] : (['errors'] as const)),
];
type File = () => Promise<{ default: Texts }>;

const firstFiles = import.meta.glob<{ default: Texts }>('../../locales/{ru,uz-Latn}/{shell,time,start,errors}.json');
/** Where all files of a language are. Public pages need not carry the addresses of each in all languages. */
const INDEXES: Readonly<Record<string, () => Promise<{ files: Record<string, File> }>>> = {
  en: () => import('./files/en'),
  ru: () => import('./files/ru'),
  'uz-Latn': () => import('./files/uz-Latn'),
};
const fileOf = async (language: string, namespace: Namespace): Promise<File | undefined> =>
  firstFiles[`../../locales/${language}/${namespace}.json`] ??
  (await INDEXES[language]?.())?.files[`../../../locales/${language}/${namespace}.json`];

/** Starts in the language of this visitor. Resolves when what everybody sees first is there. */
export const startWords = async (): Promise<void> => {
  for (const [namespace, texts] of Object.entries(FIRST)) dictionary.add('en', namespace, texts);
  const wanted = preferredLanguage();
  // What a page names is asked for a moment later. Where this fails, that does as well, and says so.
  for (const language of inOrder(wanted)) INDEXES[language]?.().catch(() => undefined);
  await speak(wanted);
};

/** @throws when a file does not come: the page cannot be shown, trying again helps */
export const loadWords = async (...namespaces: Namespace[]): Promise<void> => {
  await Promise.all(namespaces.map((namespace) => load(dictionary.language, namespace)));
};

/** A part of a page that comes when it is asked for, its texts beside it. */
export const withWords = async <M>(module: Promise<M>, ...namespaces: Namespace[]): Promise<M> => {
  const [loaded] = await Promise.all([module, loadWords(...namespaces)]);
  return loaded;
};

/** Changes the language at once and for later visits. The texts that are in use are there before it changes. */
export const chooseLanguage = async (tag: LanguageTag): Promise<void> => {
  const used = NAMESPACES.filter((namespace) => LANGUAGES.some(({ tag: each }) => dictionary.has(each, namespace)));
  await Promise.all(used.map((namespace) => load(tag, namespace)));
  rememberLanguage(tag);
  await speak(tag);
};

const speak = async (tag: LanguageTag): Promise<void> => {
  // Where the texts cannot be had now, English is there.
  const came = await Promise.all(firstOf(tag).map((namespace) => load(tag, namespace))).then(
    () => true,
    () => false,
  );
  const spoken = came ? tag : 'en';
  dictionary.speak(spoken);
  document.documentElement.lang = spoken;
};

const load = async (tag: string, namespace: Namespace): Promise<void> => {
  await Promise.all(
    inOrder(tag).map(async (language) => {
      if (dictionary.has(language, namespace)) return;
      const file = await fileOf(language, namespace);
      if (file) dictionary.add(language, namespace, (await file()).default);
    }),
  );
};

/** The languages that are looked in for a text of this one: it alone where it has all. */
const inOrder = (tag: string): string[] => {
  const language = languageNamed(tag);
  return language?.complete ? [tag] : [tag, language?.fallback ?? 'en'];
};
