import { z } from 'zod';

/** `detail` of a check that is ok: what will fail if nobody does something. */
export const CheckResult = z.strictObject({ ok: z.boolean(), detail: z.string().optional() });
export const Ready = z.strictObject({
  status: z.enum(['ok', 'degraded', 'failing']),
  checks: z.strictObject({
    database: CheckResult,
    queue: CheckResult,
    storage: CheckResult,
    packagers: CheckResult,
    holds: CheckResult,
  }),
});
export type Ready = z.infer<typeof Ready>;
