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
      if (!problems.has(field)) problems.set(field, each.rule);
    }
  return problems;
};

const isProblem = (value: unknown): value is FieldProblem =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as FieldProblem).field === 'string' &&
  typeof (value as FieldProblem).rule === 'string';
