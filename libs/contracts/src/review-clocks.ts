import { z } from 'zod';
import { Severity } from './incidents';
import { Id } from './primitives';

const Minutes = z
  .number()
  .int()
  .min(1)
  .max(60 * 24 * 60);

/** Minutes from the receipt of a flag; null: no clock. */
export const ClockRule = z.strictObject({
  claim: Minutes.nullable().describe('until somebody claims it'),
  whileOpen: z
    .union([Minutes, z.literal('end-of-day')])
    .nullable()
    .describe('until the decision, when it came while polls were open'),
  otherwise: Minutes.nullable(),
});
export type ClockRule = z.infer<typeof ClockRule>;

export const ReviewClocks = z.strictObject({
  rules: z.record(Severity, ClockRule),
  answerMinutes: Minutes.describe('how long an open question stops the clock at most'),
});
export type ReviewClocks = z.infer<typeof ReviewClocks>;

/** Clocks kept and missed, by the commission (region) that answers for them. */
export const Timeliness = z.strictObject({
  regionId: Id,
  region: z.string(),
  incidents: z.number().int().describe('with a clock'),
  claim: z.strictObject({ due: z.number().int(), missed: z.number().int(), share: z.number().nullable() }),
  decision: z.strictObject({ due: z.number().int(), missed: z.number().int(), share: z.number().nullable() }),
});
export type Timeliness = z.infer<typeof Timeliness>;
