import type { Texts } from '../dictionary';

/** Where each file of this language is. */
export const files = import.meta.glob<{ default: Texts }>('../../../locales/ru/*.json');
