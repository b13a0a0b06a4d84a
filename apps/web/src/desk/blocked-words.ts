import { textOr } from '../words';

/** Why something cannot be done yet, by the code of the refusal; the code itself where nothing is said of it. */
export const blockedWords = (code: string): string => textOr(`desk:blocked.${code}`, code);
