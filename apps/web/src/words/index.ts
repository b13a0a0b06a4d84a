import { Dictionary, type Params } from './dictionary';
import type { Key } from './keys';

/** What this page can say. Uzbek is one language in two scripts. */
export const dictionary = new Dictionary('en', { 'uz-Cyrl': ['uz-Latn'] });

/**
 * A text in the language of the interface: `t('start:heading')`, `t('flags:waiting', { count })`.
 * To be called while something is rendered, not when a module is loaded: the language may change, and the texts of a page
 * come with the page.
 */
export const t = (key: Key, params?: Params): string => dictionary.text(key, params);

/** The text of a key that somebody else made, such as a code of the server. @returns `otherwise` where there is none */
export const textOr = (key: string, otherwise: string): string => (dictionary.exists(key) ? dictionary.text(key) : otherwise);

export type { Key };
