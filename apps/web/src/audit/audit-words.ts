import { textOr } from '../words';

/** What was done, in words; what has none is shown by its name in the log alone. */
export const actionWords = (action: string): string | null => textOr(`audit:actions.${action}`, '') || null;

/** `staff`, `you`, `system` or a role, as reporters are told who acted. */
export const byWords = (by: string): string => textOr(`audit:by.${by}`, textOr(`terms:roles.${by}`, by));
