import { answerProblems, NOT_OBSERVED, shownQuestions } from '@app/contracts';
import { REPORT_LABELS } from './labels';
import { STANDARD_FORMS } from './standard';

const questionsOf = (form: (typeof STANDARD_FORMS)[number]) => form.sections.flatMap(({ questions }) => questions);

describe('the standard forms', () => {
  it.each(STANDARD_FORMS.map((form) => [form.form, form] as const))(
    '%s: 20 to 35 questions, each once, on earlier ones',
    (_, form) => {
      const codes = questionsOf(form).map(({ code }) => code);
      expect(codes.length).toBeGreaterThanOrEqual(20);
      expect(codes.length).toBeLessThanOrEqual(35);
      expect(new Set(codes).size).toBe(codes.length);
      questionsOf(form).forEach(({ shownIf }, index) => {
        for (const { question } of shownIf) expect(codes.slice(0, index)).toContain(question);
      });
    },
  );

  it.each(STANDARD_FORMS.map((form) => [form.form, form] as const))('%s can be sent when nothing at all was seen', (_, form) => {
    const questions = questionsOf(form);
    const answers = Object.fromEntries(
      shownQuestions(questions, {})
        .filter(({ spec }) => spec.type !== 'text')
        .map(({ code }) => [code, NOT_OBSERVED]),
    );
    expect(answerProblems(questions, answers)).toEqual([]);
  });

  it('ask the same by the same code', () => {
    const known = new Map<string, string>();
    for (const { code, spec } of STANDARD_FORMS.flatMap(questionsOf)) {
      expect(JSON.stringify(spec)).toBe(known.get(code) ?? JSON.stringify(spec));
      known.set(code, JSON.stringify(spec));
    }
  });

  it('name as concerns only answers that can be given', () => {
    for (const { spec, concern } of STANDARD_FORMS.flatMap(questionsOf)) {
      if (!concern) continue;
      const possible = spec.type === 'choice' ? spec.options : ['yes', 'no'];
      expect(concern.in.filter((value) => !possible.includes(value))).toEqual([]);
    }
  });

  it.each(Object.entries(REPORT_LABELS))('are whole in %s, with nothing left over', (_, labels) => {
    const questions = STANDARD_FORMS.flatMap(questionsOf);
    const options = questions.flatMap(({ code, spec }) =>
      spec.type === 'choice' ? spec.options.map((option) => `${code}.${option}`) : [],
    );
    const sections = STANDARD_FORMS.flatMap(({ sections }) => sections.map(({ code }) => code));
    const sorted = (codes: readonly string[]) => [...new Set(codes)].sort();
    expect(sorted(Object.keys(labels.questions))).toEqual(sorted(questions.map(({ code }) => code)));
    expect(sorted(Object.keys(labels.options))).toEqual(sorted(options));
    expect(sorted(Object.keys(labels.sections))).toEqual(sorted([...sections, 'own']));
    for (const text of Object.values({ ...labels.questions, ...labels.sections, ...labels.options }))
      expect(text.trim()).toBe(text);
  });
});
