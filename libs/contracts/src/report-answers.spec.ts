import { answerProblems, NOT_OBSERVED, shownAnswers, shownQuestions } from './report-answers';
import type { QuestionRules, QuestionSpec } from './report-forms';

const ask = (code: string, spec: QuestionSpec, changes: Partial<QuestionRules> = {}): QuestionRules => ({
  code,
  spec,
  required: true,
  shownIf: [],
  ...changes,
});
const if_ = (question: string, ...answers: string[]) => ({ shownIf: [{ question, in: answers }] });

const FORM = [
  ask('sealed', { type: 'yes-no' }),
  ask('recorded', { type: 'yes-no' }, if_('sealed', 'yes')),
  ask('seals', { type: 'number', min: 0, max: 20 }, if_('recorded', 'yes')),
  ask('at', { type: 'time' }),
  ask('how', { type: 'choice', options: ['good', 'bad'] }),
  ask('why', { type: 'text', maxLength: 10 }, { required: false, ...if_('how', 'bad') }),
];
const WHOLE = { sealed: 'no', at: '07:55', how: 'good' };
const codes = (answers: Parameters<typeof shownQuestions>[1]) => shownQuestions(FORM, answers).map(({ code }) => code);

describe(shownQuestions, () => {
  it('leaves out what hangs on an answer that was not given, and what hangs on that', () => {
    expect(codes({})).toEqual(['sealed', 'at', 'how']);
    expect(codes({ sealed: 'yes', recorded: 'yes' })).toEqual(['sealed', 'recorded', 'seals', 'at', 'how']);
    expect(codes({ sealed: NOT_OBSERVED, recorded: 'yes' })).toEqual(['sealed', 'at', 'how']);
  });

  it('drops answers to what is not asked any more', () => {
    expect(shownAnswers(FORM, { ...WHOLE, recorded: 'yes', seals: 3, why: 'so' })).toEqual(WHOLE);
  });
});

describe(answerProblems, () => {
  const problems = (changes: object) => answerProblems(FORM, { ...WHOLE, ...changes });

  it('finds nothing in a whole form, nor in one that says what could not be seen', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ sealed: NOT_OBSERVED, at: NOT_OBSERVED, how: NOT_OBSERVED })).toEqual([]);
    expect(problems({ sealed: 'yes', recorded: 'yes', seals: NOT_OBSERVED })).toEqual([]);
  });

  it.each([
    [{ sealed: 'maybe' }, 'sealed', 'is yes, no or not-observed'],
    [{ sealed: 1 }, 'sealed', 'is yes, no or not-observed'],
    [{ sealed: undefined }, 'sealed', 'is answered, or not-observed'],
    [{ sealed: 'yes' }, 'recorded', 'is answered, or not-observed'],
    [{ sealed: 'yes', recorded: 'yes', seals: 21 }, 'seals', 'is a whole number from 0 to 20'],
    [{ sealed: 'yes', recorded: 'yes', seals: 1.5 }, 'seals', 'is a whole number from 0 to 20'],
    [{ sealed: 'yes', recorded: 'yes', seals: '3' }, 'seals', 'is a whole number from 0 to 20'],
    [{ at: '24:00' }, 'at', 'is a time of the day, HH:MM'],
    [{ at: '7:55' }, 'at', 'is a time of the day, HH:MM'],
    [{ how: 'fine' }, 'how', 'is one of good, bad, not-observed'],
    [{ how: 'bad', why: 'far too long' }, 'why', 'is a text of at most 10 characters'],
    [{ how: 'bad', why: ' ' }, 'why', 'is a text of at most 10 characters'],
    [{ recorded: 'yes' }, 'recorded', 'is left out, unless sealed is yes'],
    [{ other: 'yes' }, 'other', 'is a question of this form'],
  ])('names the question and the rule for %j', (changes, code, rule) => {
    expect(problems(changes)).toEqual([{ field: `answers.${code}`, rule }]);
  });

  it('names every one of them', () => {
    expect(problems({ sealed: 'x', at: 'x', how: 'x' })).toHaveLength(3);
  });
});
