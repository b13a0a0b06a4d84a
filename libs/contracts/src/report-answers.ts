import type { FieldProblem } from './error-codes';
import type { Answers, QuestionRules, QuestionSpec } from './report-forms';

// The browser runs this file as it is, without the schemas: it imports types only.

/** What an observer says who could not see it. Any question but a text may have it. */
export const NOT_OBSERVED = 'not-observed';

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const YES_NO = ['yes', 'no'];

/**
 * The questions that are asked, given the answers so far, in their order. A question hangs on earlier ones only, so one
 * that is not asked takes those with it that hang on it.
 */
export function shownQuestions<Q extends QuestionRules>(questions: readonly Q[], answers: Answers): Q[] {
  const shown = new Map<string, Q>();
  for (const question of questions) {
    const holds = question.shownIf.every((condition) => {
      const answer = answers[condition.question];
      return shown.has(condition.question) && typeof answer === 'string' && condition.in.includes(answer);
    });
    if (holds) shown.set(question.code, question);
  }
  return [...shown.values()];
}

/** Answers without those to questions that are not asked any more. */
export function shownAnswers(questions: readonly QuestionRules[], answers: Answers): Answers {
  const kept = shownQuestions(questions, answers).flatMap(({ code }) => {
    const answer = answers[code];
    return answer === undefined ? [] : [[code, answer] as const];
  });
  return Object.fromEntries(kept);
}

/** What is wrong with the answers to a form: each problem names its question, as `answers.<code>`, and the rule. */
export function answerProblems(questions: readonly QuestionRules[], answers: Answers): FieldProblem[] {
  const known = new Set(questions.map(({ code }) => code));
  const shown = new Set(shownQuestions(questions, answers).map(({ code }) => code));
  const unknown = Object.keys(answers).filter((code) => !known.has(code));
  return [
    ...unknown.map((code) => problem(code, 'is a question of this form')),
    ...questions.flatMap((question) => {
      const rule = brokenRule(question, answers[question.code], shown.has(question.code));
      return rule === undefined ? [] : [problem(question.code, rule)];
    }),
  ];
}

const problem = (code: string, rule: string): FieldProblem => ({ field: `answers.${code}`, rule });

function brokenRule(question: QuestionRules, answer: string | number | undefined, shown: boolean): string | undefined {
  if (answer === undefined) return shown && question.required ? `is answered, or ${NOT_OBSERVED}` : undefined;
  if (!shown) return `is left out, unless ${conditionWords(question)}`;
  if (answer === NOT_OBSERVED && question.spec.type !== 'text') return undefined;
  return valueRule(question.spec, answer);
}

function conditionWords({ shownIf }: QuestionRules): string {
  return shownIf.map((condition) => `${condition.question} is ${condition.in.join(' or ')}`).join(' and ');
}

/** The rule that a value breaks. */
function valueRule(spec: QuestionSpec, answer: string | number): string | undefined {
  switch (spec.type) {
    case 'yes-no':
      return YES_NO.includes(String(answer)) ? undefined : `is yes, no or ${NOT_OBSERVED}`;
    case 'choice':
      return spec.options.includes(String(answer)) ? undefined : `is one of ${[...spec.options, NOT_OBSERVED].join(', ')}`;
    case 'number': {
      const fits = typeof answer === 'number' && Number.isInteger(answer) && answer >= spec.min && answer <= spec.max;
      return fits ? undefined : `is a whole number from ${spec.min} to ${spec.max}`;
    }
    case 'time':
      return typeof answer === 'string' && TIME.test(answer) ? undefined : 'is a time of the day, HH:MM';
    case 'text': {
      const fits = typeof answer === 'string' && answer.trim() !== '' && answer.length <= spec.maxLength;
      return fits ? undefined : `is a text of at most ${spec.maxLength} characters`;
    }
  }
}
