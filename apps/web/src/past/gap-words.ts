import { textOr } from '../words';

/**
 * Why there is no footage, in few plain words. Keyed by the recorder's code; one that came after this page was loaded is
 * still better than nothing.
 */
export const causeWords = (cause: string): string => textOr(`past:causes.${cause}`, cause.replaceAll('-', ' '));
