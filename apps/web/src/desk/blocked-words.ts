import { i18n, t } from '../words';

/** Why something cannot be done yet, by the code of the refusal; the code itself where nothing is said of it. */
export const blockedWords = (code: string): string =>
  i18n.exists(`desk:blocked.${code}`) ? t(`desk:blocked.${code}` as 'desk:blocked.incident.held') : code;
