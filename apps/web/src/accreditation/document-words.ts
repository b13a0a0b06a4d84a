import { ApiError, messageOf } from '../api/call';
import { dictionary, t } from '../words';
import { isEnglish } from '../words/languages';

/** How the rules begin that a file may break. */
const RULES = [
  ['is empty', 'empty'],
  ['is neither', 'unknownType'],
  ['has a name', 'name'],
  ['is named as', 'otherType'],
  ['breaks off', 'incomplete'],
] as const;

/** Why a document was not taken, from what was thrown while it was sent. */
export const documentRefusal = (error: unknown): string => {
  if (isEnglish(dictionary.language) || !(error instanceof ApiError) || error.code !== 'accreditation.document-refused')
    return messageOf(error);
  const rule = ruleOf(error.details);
  const known = RULES.find(([beginning]) => rule.startsWith(beginning));
  return known ? t(`accreditation:documents.refused.${known[1]}`) : messageOf(error);
};

const ruleOf = (details: unknown): string => {
  const [first] = Array.isArray(details) ? (details as unknown[]) : [];
  if (typeof first !== 'object' || first === null || !('rule' in first)) return '';
  return typeof first.rule === 'string' ? first.rule : '';
};
