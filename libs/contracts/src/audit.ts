import { z } from 'zod';
import { Id, Instant, PageQuery } from './primitives';

/** `subject`: `incident` or `incident:<id>`. */
export const AuditQuery = PageQuery.extend({
  actor: Id.optional(),
  action: z.string().max(60).optional().describe('`incident.claimed`, or `incident` for all of its kind'),
  subject: z.string().max(200).optional().describe('`incident`, or `incident:<id>`'),
  from: Instant.optional(),
  to: Instant.optional(),
});

export const AuditEvent = z.strictObject({
  electionId: Id,
  seq: z.number().int(),
  at: Instant,
  actor: z.strictObject({ kind: z.enum(['user', 'system', 'public']), id: Id.nullable(), name: z.string().nullable() }),
  grant: z.strictObject({ role: z.string(), scope: z.string() }).nullable(),
  action: z.string(),
  subject: z.strictObject({ kind: z.string(), id: z.string() }),
  from: z.string().nullable(),
  to: z.string().nullable(),
  reason: z.string().nullable(),
  requestId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  previousHash: z.string(),
  hash: z.string(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

/** What was done with one’s own reports: by which role, not by whom. */
export const OwnAuditEvent = AuditEvent.pick({ at: true, action: true, subject: true, from: true, to: true }).extend({
  by: z.string().describe('role, `system` or `you`'),
});
export type OwnAuditEvent = z.infer<typeof OwnAuditEvent>;

export const AuditPage = z.strictObject({ items: z.array(AuditEvent), nextCursor: z.string().nullable() });
export const OwnAuditPage = z.strictObject({ items: z.array(OwnAuditEvent), nextCursor: z.string().nullable() });
