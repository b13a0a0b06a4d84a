import i18next from 'i18next';
import shell from '../../locales/en/shell.json';
import start from '../../locales/en/start.json';
import time from '../../locales/en/time.json';
import { isEnglish, languageNamed, LANGUAGES, type LanguageTag, preferredLanguage, rememberLanguage } from './languages';
import { NAMESPACES, type Namespace } from './namespaces';

/** What everybody sees first comes with the program in English, so that something can be said when nothing else comes. */
const FIRST = { shell, time, start };
/** What the server says in English can be met everywhere; only other languages need their own words for it. */
const firstOf = (tag: LanguageTag): Namespace[] => [
  ...(Object.keys(FIRST) as (keyof typeof FIRST)[]),
  ...(isEnglish(tag) ? [] : (['errors'] as const)),
];
const files = import.meta.glob<{ default: object }>('../../locales/*/*.json');

/** Starts in the language of this visitor. Resolves when what everybody sees first is there. */
export const startWords = async (): Promise<void> => {
  await i18next.init({
    lng: 'en',
    fallbackLng: { 'uz-Cyrl': ['uz-Latn', 'en'], default: ['en'] },
    ns: NAMESPACES,
    defaultNS: 'shell',
    resources: { en: FIRST },
    partialBundledLanguages: true,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  await speak(preferredLanguage());
};

/** @throws when a file does not come: the page cannot be shown, trying again helps */
export const loadWords = async (...namespaces: Namespace[]): Promise<void> => {
  await Promise.all(namespaces.map((namespace) => load(i18next.language, namespace)));
};

/** A part of a page that comes when it is asked for, its texts beside it. */
export const withWords = async <M>(module: Promise<M>, ...namespaces: Namespace[]): Promise<M> => {
  const [loaded] = await Promise.all([module, loadWords(...namespaces)]);
  return loaded;
};

/** Changes the language at once and for later visits. The texts that are in use are there before it changes. */
export const chooseLanguage = async (tag: LanguageTag): Promise<void> => {
  const used = NAMESPACES.filter((namespace) => LANGUAGES.some(({ tag: each }) => i18next.hasResourceBundle(each, namespace)));
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
  await i18next.changeLanguage(spoken);
  document.documentElement.lang = spoken;
};

const load = async (tag: string, namespace: Namespace): Promise<void> => {
  const language = languageNamed(tag);
  const needed = language?.complete ? [tag] : [tag, language?.fallback ?? 'en'];
  await Promise.all(
    needed.map(async (each) => {
      const file = files[`../../locales/${each}/${namespace}.json`];
      if (!file || i18next.hasResourceBundle(each, namespace)) return;
      i18next.addResourceBundle(each, namespace, (await file()).default);
    }),
  );
};
