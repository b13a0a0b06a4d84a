/** Codes and questions are written in this one; the others are translations of it. */
export const SOURCE_LANGUAGE = 'en';

/** Languages that words of the election may be in: the taxonomy, the forms of mission reports. */
export const LABEL_LANGUAGES = [SOURCE_LANGUAGE, 'ru', 'uz-Latn', 'uz-Cyrl', 'kk'] as const;

/** `uz` says nothing of its script; Latin is the official one. */
const MEANT: Readonly<Record<string, string>> = { uz: 'uz-Latn', 'uz-uz': 'uz-Latn' };

/** The language of ours that is meant by a tag such as `ru-KZ`, or English. */
export function languageOf(tag: string | undefined): string {
  const wanted = (tag ?? SOURCE_LANGUAGE).toLowerCase();
  const exact = LABEL_LANGUAGES.find((known) => known.toLowerCase() === wanted) ?? MEANT[wanted];
  if (exact !== undefined) return exact;
  return LABEL_LANGUAGES.find((known) => wanted.startsWith(`${known.toLowerCase()}-`)) ?? SOURCE_LANGUAGE;
}
