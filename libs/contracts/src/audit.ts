import { z } from 'zod';
import { ExportReason } from './decisions';
import { Id, Instant, PageQuery, StationCode } from './primitives';

/** `subject`: `incident` or `incident:<id>`. */
const Filter = z.strictObject({
  actor: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('id of an account, part of a name or e-mail address, `system` or `public`'),
  action: z.string().max(60).optional().describe('`incident.claimed`, or `incident` for all of its kind'),
  subject: z.string().max(200).optional().describe('`incident`, or `incident:<id>`'),
  incident: z.coerce.number().int().min(1).max(2_000_000_000).optional().describe('its number'),
  station: StationCode.optional(),
  election: Id.optional(),
  from: Instant.optional(),
  to: Instant.optional(),
});

export const AuditQuery = PageQuery.extend(Filter.shape);
export type AuditQuery = z.infer<typeof AuditQuery>;

export const ExportAudit = Filter.extend({ reason: ExportReason });
export type ExportAudit = z.infer<typeof ExportAudit>;

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

const ChainEnd = z.strictObject({ seq: z.number().int(), hash: z.string().describe('SHA-256, hexadecimal') });

/** A chain of audit events: of an election, or of what belongs to none. */
export const AuditChain = z.strictObject({
  electionId: Id,
  election: z.string().nullable().describe('its name; null: what belongs to no election'),
  head: ChainEnd,
});
export type AuditChain = z.infer<typeof AuditChain>;

export const VerifyAuditQuery = z.strictObject({
  election: Id,
  after: z
    .string()
    .regex(/^\d{1,15}:[0-9a-f]{64}$/, 'is <seq>:<hash>')
    .optional()
    .describe('`<seq>:<hash>` up to which the caller has verified it; absent: from its start'),
});

/** How far a chain was found whole. One call looks at a bounded stretch; `next` goes on from there. */
export const AuditVerdict = z.strictObject({
  electionId: Id,
  head: ChainEnd,
  verified: ChainEnd.describe('the last event that was found whole'),
  broken: z.strictObject({ seq: z.number().int(), why: z.enum(['missing', 'reordered', 'changed']) }).nullable(),
  next: z.string().nullable().describe('`after` of the next call; null: all of it was looked at'),
});
export type AuditVerdict = z.infer<typeof AuditVerdict>;
