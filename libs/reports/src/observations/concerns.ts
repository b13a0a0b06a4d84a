import type { Answers, Concern } from '@app/contracts';

/** How many answers say that something is wrong. */
export function concernsIn(questions: readonly { code: string; concern: Concern | null }[], answers: Answers): number {
  return questions.filter(({ code, concern }) => concern?.in.includes(String(answers[code]))).length;
}
