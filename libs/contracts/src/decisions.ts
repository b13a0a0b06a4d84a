import { z } from 'zod';
import { ReasonCode } from './cases';
import { Outcome, Severity } from './incidents';
import { Id, Instant, PageQuery } from './primitives';

const Filter = z.strictObject({
  outcome: Outcome.optional(),
  code: z.string().max(20).optional(),
  region: Id.optional().describe('with everything below it'),
  decider: z.string().trim().min(1).max(200).optional().describe('id of an account, or part of a name or e-mail address'),
  overdue: z.enum(['0', '1']).optional().describe('1: decided after its clock had run out'),
  sampled: z.enum(['0', '1']).optional().describe('1: drawn for a second look although one person could decide it'),
});

export const DecisionsQuery = PageQuery.extend(Filter.shape);
export type DecisionsQuery = z.infer<typeof DecisionsQuery>;

/** Why somebody takes a log along; kept in the audit log. */
export const ExportReason = z.string().trim().min(3, 'has at least 3 characters').max(500);

export const ExportDecisions = Filter.extend({ reason: ExportReason });
export type ExportDecisions = z.infer<typeof ExportDecisions>;

/** One finding that a decision was made of. */
export const Decider = z.strictObject({
  id: Id,
  name: z.string(),
  stage: z.enum(['scope', 'first', 'second', 'panel']),
  outcome: Outcome,
  reasonCode: ReasonCode,
  reason: z.string(),
  at: Instant,
  dissents: z.boolean().describe('the decision is another one'),
});
export type Decider = z.infer<typeof Decider>;

/** A decision as it was made, for staff. */
export const LoggedDecision = z.strictObject({
  incidentId: Id,
  number: z.number().int(),
  round: z.number().int().describe('2 and more: after it was reopened'),
  superseded: z.boolean().describe('it was reopened since'),
  code: z.string(),
  codeLabel: z.string(),
  severity: Severity,
  region: z.strictObject({ id: Id, name: z.string() }).describe('whose commission decided'),
  station: z.strictObject({ code: z.string(), name: z.string(), timezone: z.string() }),
  outcome: Outcome,
  reasonCode: ReasonCode,
  by: z.enum(['triage', 'one', 'two', 'panel']),
  deciders: z.array(Decider),
  receivedAt: Instant,
  at: Instant,
  due: Instant.nullable().describe('null: no clock ran, or it is not known'),
  overdue: z.boolean(),
  sampled: z.boolean().nullable().describe('null: not known'),
});
export type LoggedDecision = z.infer<typeof LoggedDecision>;

export const DecisionsPage = z.strictObject({ items: z.array(LoggedDecision), nextCursor: z.string().nullable() });
export type DecisionsPage = z.infer<typeof DecisionsPage>;
