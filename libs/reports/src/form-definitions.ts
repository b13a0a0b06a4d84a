import {
  type QuestionRules,
  type ReportForm,
  type ReportFormDefinition,
  type ReportQuestion,
  SOURCE_LANGUAGE,
} from '@app/contracts';
import type { Row } from '@app/database';
import { labelOf } from './labels';
import { STANDARD_FORMS } from './standard';

export type QuestionRow = Row<'report_questions'>;

/** A text and the language it is in. */
export interface Label {
  text: string;
  lang: string;
}
export type Labels = (subject: string) => Label;

/** Labels in a language, or in English where there is no translation, or the bare code. */
export function labelsIn(language: string, rows: readonly Row<'report_labels'>[]): Labels {
  const known = new Map(rows.map((row) => [`${row.lang} ${row.subject}`, row.text]));
  return (subject) => {
    const text = known.get(`${language} ${subject}`);
    if (text !== undefined) return { text, lang: language };
    return { text: known.get(`${SOURCE_LANGUAGE} ${subject}`) ?? subject, lang: SOURCE_LANGUAGE };
  };
}

/** The questions of one version of a form, in order; a deployment's own are in every version from theirs on. */
export function questionsOf(rows: readonly QuestionRow[], form: ReportForm, version: number): QuestionRow[] {
  const newest = new Map<string, QuestionRow>();
  for (const row of rows) {
    if (row.form !== form || row.version > version) continue;
    const isOwn = row.code.startsWith('X-');
    const known = newest.get(row.code);
    if ((isOwn && (!known || known.version < row.version)) || row.version === version) newest.set(row.code, row);
  }
  return [...newest.values()].sort((a, b) => a.sort - b.sort || (a.code < b.code ? -1 : 1));
}

/** The newest version of the standard questions of a form; undefined when it was never seeded. */
export function newestVersion(rows: readonly QuestionRow[], form: ReportForm): number | undefined {
  const versions = rows.filter((row) => row.form === form && !row.code.startsWith('X-')).map(({ version }) => version);
  return versions.length === 0 ? undefined : Math.max(...versions);
}

/**
 * The rules that an answered form is held against. A question that was hidden since then may still be answered, but need
 * not be: a form that was filled without network knows nothing of it.
 */
export function rulesOf(row: QuestionRow): QuestionRules {
  return { code: row.code, spec: row.spec, required: row.required && !row.hidden, shownIf: row.shown_if };
}

export function questionView(row: QuestionRow, labels: Labels): ReportQuestion {
  const { text: label, lang } = labels(labelOf.question(row.code));
  const options = row.spec.type === 'choice' ? row.spec.options : [];
  return {
    code: row.code,
    label,
    lang,
    spec: row.spec,
    options: options.map((code) => ({ code, label: labels(labelOf.option(row.code, code)).text })),
    required: row.required,
    shownIf: row.shown_if,
    concern: row.concern,
  };
}

/** A form as it is filled in now: without hidden questions, and without those that hang on hidden ones. */
export function formView(rows: readonly QuestionRow[], form: ReportForm, version: number, labels: Labels): ReportFormDefinition {
  const asked = withoutHidden(questionsOf(rows, form, version));
  const sections = [...new Set(asked.map(({ section }) => section))];
  return {
    form,
    version,
    sections: inStandardOrder(form, sections).map((code) => ({
      code,
      label: labels(labelOf.section(code)).text,
      questions: asked.filter(({ section }) => section === code).map((row) => questionView(row, labels)),
    })),
  };
}

function withoutHidden(questions: readonly QuestionRow[]): QuestionRow[] {
  const asked = new Map<string, QuestionRow>();
  for (const row of questions)
    if (!row.hidden && row.shown_if.every(({ question }) => asked.has(question))) asked.set(row.code, row);
  return [...asked.values()];
}

/** Own sections of a deployment come before the last one, where the visit is judged. */
export function inStandardOrder(form: ReportForm, sections: readonly string[]): string[] {
  const standard = STANDARD_FORMS.find((known) => known.form === form)?.sections.map(({ code }) => code) ?? [];
  const order = (code: string): number => (standard.includes(code) ? standard.indexOf(code) : standard.length - 1.5);
  return [...sections].sort((a, b) => order(a) - order(b));
}
