import { ApiError } from '../api/call';
import { t } from '../words';

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
const KNOWN = {
  'is missing': 'missing',
  'choose one': 'chooseOne',
  'is an e-mail address': 'email',
  'is a telephone number': 'phone',
  'is one line': 'oneLine',
  'is after validFrom': 'afterFrom',
  'says why, in at least 3 characters': 'why',
} as const;

const isKnown = (rule: string): rule is keyof typeof KNOWN => Object.hasOwn(KNOWN, rule);

const sentenceOf = (rule: string): string =>
  isKnown(rule) ? t(`accreditation:rules.${KNOWN[rule]}`) : `${rule.slice(0, 1).toUpperCase()}${rule.slice(1)}`;
