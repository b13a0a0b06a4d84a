import { ApiError } from '../api/call';

interface FieldProblem {
  field: string;
  rule: string;
}

/** What is wrong with which field, from a refusal of the server; empty when the refusal is about something else. */
export const fieldProblemsOf = (error: unknown): ReadonlyMap<string, string> => {
  const problems = new Map<string, string>();
  if (!(error instanceof ApiError) || !Array.isArray(error.details)) return problems;
  for (const each of error.details as unknown[])
    if (isProblem(each)) {
      const field = each.field.split('.')[0] ?? '';
      if (!problems.has(field)) problems.set(field, sentenceOf(each.rule));
    }
  return problems;
};

const isProblem = (value: unknown): value is FieldProblem =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as FieldProblem).field === 'string' &&
  typeof (value as FieldProblem).rule === 'string';

/** The rules that people meet most, as something to do; any other as the server says it. */
const SENTENCES: Readonly<Record<string, string>> = {
  'is missing': 'Fill this in.',
  'choose one': 'Choose one.',
  'is an e-mail address': 'Write an e-mail address, such as name@example.org.',
  'is a telephone number': 'Write a telephone number in digits, such as +998 90 123 45 67.',
  'is one line': 'Write it in one line.',
  'is after validFrom': 'It has to come after the beginning.',
  'says why, in at least 3 characters': 'Say why.',
};

const sentenceOf = (rule: string): string => SENTENCES[rule] ?? `${rule.slice(0, 1).toUpperCase()}${rule.slice(1)}`;
