import type { ImportProblem } from '@app/contracts';
import { dictionary, t } from '../words';
import { isEnglish } from '../words/languages';

const KNOWN = [
  'row.length',
  'cell.empty',
  'column.duplicate',
  'column.unknown',
  'column.missing',
  'csv.malformed',
  'csv.encoding',
  'csv.empty',
  'person.name',
  'person.email',
  'person.organisation',
  'person.phone',
  'person.kind',
  'person.places',
  'person.valid_from',
  'person.valid_to',
  'person.reason',
  'person.duplicate',
  'accreditation.own-application',
  'accreditation.already-accredited',
] as const;

/** What is wrong with a cell. The server's own sentence knows more, and is English; the code can be said in any language. */
export const problemText = ({ code, message }: Pick<ImportProblem, 'code' | 'message'>): string => {
  const known = isEnglish(dictionary.language) ? undefined : KNOWN.find((each) => each === code);
  return known === undefined ? message : t(`accreditation:wrong.${known}`);
};
