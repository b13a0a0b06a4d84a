import i18n, { type TFunction } from 'i18next';
import type { Namespace } from './namespaces';

/**
 * A text in the language of the interface: `t('start:heading')`, `t('flags:waiting', { count })`.
 * To be called while something is rendered, not when a module is loaded: the language may change, and the texts of a page
 * come with the page.
 */
export const t: TFunction<readonly [Namespace, ...Namespace[]]> = i18n.t;

export { i18n };
