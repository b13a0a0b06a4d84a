import { z } from 'zod';

export const CheckResult = z.strictObject({ ok: z.boolean(), detail: z.string().optional() });
export const Ready = z.strictObject({
  status: z.enum(['ok', 'failing']),
  checks: z.strictObject({ database: CheckResult, queue: CheckResult, storage: CheckResult, packagers: CheckResult }),
});
export type Ready = z.infer<typeof Ready>;
