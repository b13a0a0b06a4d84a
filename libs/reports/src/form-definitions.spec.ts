import { formView, labelsIn, newestVersion, type QuestionRow, questionsOf } from './form-definitions';
import { labelRows } from './labels';
import { ownQuestionProblems } from './own-questions';
import { STANDARD_FORMS } from './standard';

const row = (code: string, changes: Partial<QuestionRow> = {}): QuestionRow => ({
  form: 'opening',
  version: 1,
  code,
  section: 'set-up',
  sort: 10,
  required: true,
  spec: { type: 'yes-no' },
  shown_if: [],
  concern: null,
  hidden: false,
  ...changes,
});
const own = (changes: Partial<QuestionRow> = {}): QuestionRow =>
  row('X-1', { required: false, section: 'own', sort: 5, ...changes });
const standard = (): QuestionRow[] =>
  (STANDARD_FORMS[0]?.sections ?? []).flatMap(({ code: section, questions }) =>
    questions.map(({ code, spec, required, shownIf, concern }, index) =>
      row(code, { section, sort: index, spec, required, shown_if: shownIf, concern }),
    ),
  );

describe(questionsOf, () => {
  it('takes one version of the standard questions, and a deployment’s own from theirs on', () => {
    const rows = [row('a'), row('a', { version: 2 }), row('b'), own(), own({ code: 'X-2', version: 2 })];
    expect(questionsOf(rows, 'opening', 1).map(({ code }) => code)).toEqual(['X-1', 'a', 'b']);
    expect(questionsOf(rows, 'opening', 2).map(({ code, version }) => `${code} ${version}`)).toEqual(['X-1 1', 'X-2 2', 'a 2']);
    expect(newestVersion(rows, 'opening')).toBe(2);
    expect(newestVersion(rows, 'voting')).toBeUndefined();
  });
});

describe(formView, () => {
  it('leaves out hidden questions and those that hang on them', () => {
    const hanging = row('b', { sort: 20, shown_if: [{ question: 'a', in: ['yes'] }] });
    const view = formView([row('a', { hidden: true }), hanging, row('c', { sort: 30 })], 'opening', 1, labelsIn('en', []));
    expect(view.sections.flatMap(({ questions }) => questions.map(({ code }) => code))).toEqual(['c']);
  });

  it('puts sections of a deployment before the assessment', () => {
    const rows = [row('a', { section: 'assessment' }), own(), row('b', { section: 'visit' })];
    expect(formView(rows, 'opening', 1, labelsIn('en', labelRows())).sections.map(({ label }) => label)).toEqual([
      'Your visit',
      'Questions of this mission',
      'Your assessment',
    ]);
  });

  it('says which language a label is in', () => {
    const labels = [
      { subject: 'question:a', lang: 'en', text: 'Sealed?' },
      { subject: 'question:b', lang: 'en', text: 'Open?' },
      { subject: 'question:b', lang: 'ru', text: 'Открыто?' },
    ];
    const [section] = formView([row('a'), row('b', { sort: 20 })], 'opening', 1, labelsIn('ru', labels)).sections;
    expect(section?.questions.map(({ label, lang }) => `${label} ${lang}`)).toEqual(['Sealed? en', 'Открыто? ru']);
  });
});

describe(ownQuestionProblems, () => {
  const problems = (rows: QuestionRow[], labels: { subject: string; lang: string; text: string }[] = []) =>
    ownQuestionProblems(rows, [...labelRows(), ...labels]);
  const named = [{ subject: 'question:X-1', lang: 'en', text: 'Ours?' }];

  it('finds nothing in what was seeded, hidden or not, and in whole questions of a deployment', () => {
    const rows = standard();
    expect(problems(rows)).toEqual([]);
    expect(problems(rows.map((known) => ({ ...known, hidden: true })))).toEqual([]);
    expect(problems([...rows, own()], named)).toEqual([]);
  });

  it('finds standard questions and texts that were redefined', () => {
    const [first, ...rest] = standard();
    if (!first) throw new Error('no question');
    expect(problems([{ ...first, spec: { type: 'yes-no' } }, ...rest])).toHaveLength(1);
    expect(problems([...rest, row('mine')])).toEqual([
      { field: 'opening.mine', rule: 'is not redefined: hide it, or add an X- question' },
    ]);
    const texts = labelRows().map((label) => (label.subject === 'question:box-sealed' ? { ...label, text: 'Open?' } : label));
    expect(
      ownQuestionProblems(
        rest,
        texts.filter(({ lang }) => lang === 'en'),
      ).map(({ field }) => field),
    ).toEqual(['question:box-sealed']);
  });

  it('finds own questions without a label, with a broken spec, or hanging on a later one', () => {
    expect(problems([own()])[0]?.rule).toBe('has an English label: question:X-1');
    expect(problems([own({ spec: { type: 'colour' } as never })], named)).toHaveLength(1);
    const later = own({ shown_if: [{ question: 'box-sealed', in: ['no'] }], sort: -1 });
    expect(problems([...standard(), later], named)[0]?.rule).toBe('hangs on an earlier question of its form, not on box-sealed');
  });
});
