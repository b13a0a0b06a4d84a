import { z } from 'zod';

export const REPORT_FORMS = ['opening', 'voting', 'closing', 'counting'] as const;
export const ReportForm = z.enum(REPORT_FORMS);
export type ReportForm = z.infer<typeof ReportForm>;

/** Codes of the standard forms are words; those of a deployment begin with `X-`. */
export const QuestionCode = z
  .string()
  .regex(/^(X-[A-Za-z0-9][A-Za-z0-9-]{0,37}|[a-z][a-z0-9-]{0,39})$/, 'is a code of a question');

/** What may be answered. `time` is of the station's wall, `HH:MM`. */
export const QuestionSpec = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('yes-no') }),
  z.strictObject({ type: z.literal('choice'), options: z.array(z.string()).min(2) }),
  z.strictObject({ type: z.literal('number'), min: z.number().int(), max: z.number().int() }),
  z.strictObject({ type: z.literal('time') }),
  z.strictObject({ type: z.literal('text'), maxLength: z.number().int().min(1).max(2000) }),
]);
export type QuestionSpec = z.infer<typeof QuestionSpec>;

/** A question is asked only if an earlier one of the same form has one of these answers. */
export const ShownIf = z.strictObject({ question: QuestionCode, in: z.array(z.string()).min(1) });
export type ShownIf = z.infer<typeof ShownIf>;

/** Answers that say that something is wrong, and the code of the taxonomy that a flag of it would have. */
export const Concern = z.strictObject({ in: z.array(z.string()).min(1), incident: z.string().nullable() });
export type Concern = z.infer<typeof Concern>;

/** What the rules need to know of a question. */
export interface QuestionRules {
  code: string;
  spec: QuestionSpec;
  required: boolean;
  shownIf: readonly ShownIf[];
}

export const ReportQuestion = z.strictObject({
  code: QuestionCode,
  label: z.string(),
  lang: z.string().describe('language of the label: another than the wanted one where there is no translation'),
  spec: QuestionSpec,
  options: z.array(z.strictObject({ code: z.string(), label: z.string() })).describe('of a choice, in order'),
  required: z.boolean().describe('answered, with `not-observed` where it could not be seen'),
  shownIf: z.array(ShownIf).describe('all of them hold; empty: always asked'),
  concern: Concern.nullable(),
});
export type ReportQuestion = z.infer<typeof ReportQuestion>;

export const ReportFormDefinition = z.strictObject({
  form: ReportForm,
  version: z.number().int(),
  sections: z.array(z.strictObject({ code: z.string(), label: z.string(), questions: z.array(ReportQuestion) })),
});
export type ReportFormDefinition = z.infer<typeof ReportFormDefinition>;

export const ReportFormsQuery = z.strictObject({ lang: z.string().max(35).optional() });

/** By the code of the question. */
export const Answers = z.record(z.string().max(60), z.union([z.string().max(2000), z.number()]));
export type Answers = z.infer<typeof Answers>;
