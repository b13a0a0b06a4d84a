import { kk } from './kk';
import type { Labels } from './labels';
import { ru } from './ru';
import { uzCyrl } from './uz-cyrl';
import { uzLatn } from './uz-latn';

/** English stands in the taxonomy itself. */
export const SOURCE_LANGUAGE = 'en';

export const LABELS: Readonly<Record<string, Labels>> = { ru, 'uz-Latn': uzLatn, 'uz-Cyrl': uzCyrl, kk };
const LANGUAGES = [SOURCE_LANGUAGE, ...Object.keys(LABELS)];

/** `uz` says nothing of its script; Latin is the official one. */
const MEANT: Readonly<Record<string, string>> = { uz: 'uz-Latn', 'uz-uz': 'uz-Latn' };

/** The language of ours that is meant by a tag such as `ru-KZ`, or English. */
export function languageOf(tag: string | undefined): string {
  const wanted = (tag ?? SOURCE_LANGUAGE).toLowerCase();
  const exact = LANGUAGES.find((known) => known.toLowerCase() === wanted) ?? MEANT[wanted];
  if (exact !== undefined) return exact;
  return LANGUAGES.find((known) => wanted.startsWith(`${known.toLowerCase()}-`)) ?? SOURCE_LANGUAGE;
}
