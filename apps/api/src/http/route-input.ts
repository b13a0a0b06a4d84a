import type { z } from 'zod';
import type { FieldProblem, RouteDefinition, RouteInput } from '@app/contracts';
import { DomainError, InvalidFields } from '@app/platform';

export interface RawInput {
  params: unknown;
  query: unknown;
  body: unknown;
  /** `Content-Type` without its parameters, in lower case. */
  contentType: string | undefined;
}

/**
 * Checks a request by the schemas of its route.
 *
 * 400 `request.malformed`: it does not have the shape of such a request at all. Not JSON, a wrong media type, an
 * unknown or missing field, a value of the wrong type, a path that cannot be one.
 * 422 `request.invalid`: it has the shape, but a value breaks a rule: too long, out of range, not one of the choices.
 * Where both are true it is malformed. Messages name fields and rules, never what was sent.
 */
export function checkInput<R extends RouteDefinition>(route: R, raw: RawInput): RouteInput<R> {
  requireMediaType(route, raw);
  const broken: { malformed: boolean; problem: FieldProblem }[] = [];
  const check = (part: 'params' | 'query' | 'body', schema: z.ZodType | undefined, value: unknown): unknown => {
    if (!schema) return undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      const malformed = part === 'params' || isMalformed(issue);
      broken.push(...problemsOf(part, issue).map((problem) => ({ malformed, problem })));
    }
    return undefined;
  };
  for (const part of ['params', 'query', 'body'] as const) {
    // PostgreSQL stores no NUL in a text, and nobody means one.
    if (holdsNul(raw[part])) broken.push({ malformed: true, problem: { field: part, rule: 'holds a NUL character' } });
  }
  const params = check('params', route.params, raw.params);
  const query = check('query', route.query, raw.query);
  const body = check('body', route.body, raw.body);
  if (!route.query) broken.push(...unknownFields(raw.query));
  if (!route.body && !route.rawBody) broken.push(...unknownFields(raw.body));
  if (broken.length > 0) {
    const malformed = broken.some((entry) => entry.malformed);
    throw new InvalidFields(
      broken.map((entry) => entry.problem),
      malformed ? 'request.malformed' : 'request.invalid',
    );
  }
  return { params, query, body } as RouteInput<R>;
}

function requireMediaType(route: RouteDefinition, { contentType }: RawInput): void {
  const expected = route.rawBody ?? (route.body ? 'application/json' : undefined);
  if (!expected || contentType === expected) return;
  throw new DomainError('request.malformed', `The body of this request is ${expected}; say so in Content-Type.`);
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000');
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNul);
}

const SHAPE_ISSUES = new Set<string>(['invalid_type', 'unrecognized_keys', 'invalid_union', 'invalid_key']);

function isMalformed(issue: z.core.$ZodIssue): boolean {
  return SHAPE_ISSUES.has(issue.code);
}

function problemsOf(part: string, issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownField([...path, key].join('.')));
  return [{ field: path.join('.') || part, rule: ruleOf(issue) }];
}

function ruleOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined && /received undefined/.test(issue.message)) return 'is missing';
  return issue.message;
}

function unknownFields(value: unknown): { malformed: true; problem: FieldProblem }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).map((key) => ({ malformed: true, problem: unknownField(key) }));
}

function unknownField(field: string): FieldProblem {
  return { field, rule: 'is not a field of this request' };
}
