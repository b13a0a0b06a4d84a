import { isDeepStrictEqual } from 'node:util';
import { Concern, type FieldProblem, QuestionSpec, ShownIf, SOURCE_LANGUAGE } from '@app/contracts';
import type { Row } from '@app/database';
import { labelOf, labelRows } from './labels';
import { STANDARD_FORMS } from './standard';

type QuestionRow = Row<'report_questions'>;
type LabelRow = Row<'report_labels'>;

/**
 * What a deployment did to the tables of forms that it may not do. It may hide questions and add `X-…` ones; what a standard
 * question means is the same everywhere.
 */
export function ownQuestionProblems(rows: readonly QuestionRow[], labels: readonly LabelRow[]): FieldProblem[] {
  const texts = new Map(labels.map(({ subject, lang, text }) => [`${subject} ${lang}`, text]));
  const redefined = labelRows().filter(({ subject, lang, text }) => {
    const now = texts.get(`${subject} ${lang}`);
    return lang === SOURCE_LANGUAGE && now !== undefined && now !== text;
  });
  return [
    ...redefined.map(({ subject }) => ({ field: subject, rule: 'is not redefined: hide the question, or add an X- one' })),
    ...rows.flatMap((row) => (row.code.startsWith('X-') ? ownProblems(row, rows, texts) : standardProblems(row))),
  ];
}

function standardProblems(row: QuestionRow): FieldProblem[] {
  const form = STANDARD_FORMS.find(({ form, version }) => form === row.form && version === row.version);
  // An older version of a form that is asked no more.
  if (!form) return [];
  const questions = form.sections.flatMap(({ code, questions }) => questions.map((question) => ({ ...question, section: code })));
  const meant = questions.find(({ code }) => code === row.code);
  const { code, section, required, spec, shown_if: shownIf, concern } = row;
  const same = isDeepStrictEqual(meant, { code, section, required, spec, shownIf, concern });
  return same ? [] : [problem(row, 'is not redefined: hide it, or add an X- question')];
}

function ownProblems(row: QuestionRow, rows: readonly QuestionRow[], texts: ReadonlyMap<string, string>): FieldProblem[] {
  const spec = QuestionSpec.safeParse(row.spec);
  const shownIf = ShownIf.array().safeParse(row.shown_if);
  const concern = Concern.nullable().safeParse(row.concern);
  if (!spec.success || !shownIf.success || !concern.success)
    return [problem(row, 'has a spec, shown_if and concern as the documentation describes them')];
  const subjects = [
    labelOf.question(row.code),
    ...(spec.data.type === 'choice' ? spec.data.options.map((option) => labelOf.option(row.code, option)) : []),
    labelOf.section(row.section),
  ];
  const unnamed = subjects.filter((subject) => !texts.has(`${subject} ${SOURCE_LANGUAGE}`));
  const unknown = shownIf.data.filter(({ question }) => !isBefore(row, question, rows));
  return [
    ...unnamed.map((subject) => problem(row, `has an English label: ${subject}`)),
    ...unknown.map(({ question }) => problem(row, `hangs on an earlier question of its form, not on ${question}`)),
  ];
}

function isBefore(row: QuestionRow, code: string, rows: readonly QuestionRow[]): boolean {
  return rows.some((other) => other.form === row.form && other.code === code && other.sort < row.sort);
}

function problem({ form, code }: QuestionRow, rule: string): FieldProblem {
  return { field: `${form}.${code}`, rule };
}
