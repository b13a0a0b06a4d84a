import { i18n } from '../words';

const named = (key: string): string | null => (i18n.exists(key) ? (i18n.t as (key: string) => string)(key) : null);

/** What was done, in words; what has none is shown by its name in the log alone. */
export const actionWords = (action: string): string | null => named(`audit:actions.${action}`);

/** `staff`, `you`, `system` or a role, as reporters are told who acted. */
export const byWords = (by: string): string => named(`audit:by.${by}`) ?? named(`terms:roles.${by}`) ?? by;
