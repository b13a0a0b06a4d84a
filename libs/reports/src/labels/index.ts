import { en } from './en';
import type { ReportLabels } from './report-labels';
import { ru } from './ru';
import { uzLatn } from './uz-latn';

/** Other languages fall back to English, and the answer says so. A deployment may add them to the table of labels. */
export const REPORT_LABELS: Readonly<Record<string, ReportLabels>> = { en, ru, 'uz-Latn': uzLatn };

/** What a label is of, as the table has it. */
export const labelOf = {
  section: (code: string) => `section:${code}`,
  question: (code: string) => `question:${code}`,
  option: (question: string, option: string) => `option:${question}.${option}`,
};

/** Every label of the standard forms, as rows of the table. */
export function labelRows(): { subject: string; lang: string; text: string }[] {
  return Object.entries(REPORT_LABELS).flatMap(([lang, labels]) => [
    ...Object.entries(labels.sections).map(([code, text]) => ({ subject: labelOf.section(code), lang, text })),
    ...Object.entries(labels.questions).map(([code, text]) => ({ subject: labelOf.question(code), lang, text })),
    ...Object.entries(labels.options).map(([code, text]) => ({ subject: `option:${code}`, lang, text })),
  ]);
}
