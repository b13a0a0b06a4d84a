import { z } from 'zod';
import { Id, Instant } from './primitives';

export const Severity = z.enum(['S1', 'S2', 'S3', 'S4']);
export type Severity = z.infer<typeof Severity>;

export const IncidentCode = z.strictObject({
  code: z.string(),
  group: z.string(),
  groupLabel: z.string(),
  label: z.string(),
  lang: z.string().describe('language of the labels: another than the wanted one where there is no translation'),
  parent: z.string().nullable().describe('the code of the taxonomy that a deployment’s own code (`X-…`) counts as'),
  severity: Severity,
  digit: z.number().int().min(1).max(9).nullable().describe('key on the flag chip'),
  version: z.number().int(),
});
export type IncidentCode = z.infer<typeof IncidentCode>;

/**
 * `at`: UTC of the frame that was on the screen. `clock.pressedAt`: UTC of the key press by the viewer's clock;
 * `clock.delayMs`: how far the shown frame was behind the server's now, as the player measured it.
 */
export const FlagIncident = z.strictObject({
  cameraId: Id,
  at: Instant,
  from: Instant.optional(),
  to: Instant.optional(),
  code: z.string().min(1).max(20).default('OTH-00'),
  severity: Severity.optional(),
  note: z.string().max(4000).optional(),
  clock: z.strictObject({ pressedAt: Instant, delayMs: z.number().int().min(-86_400_000).max(86_400_000) }),
});
export type FlagIncident = z.infer<typeof FlagIncident>;

/** Details added to one's own flag right after pressing: nothing is asked before it is stored. */
export const DescribeIncident = z
  .strictObject({
    code: z.string().min(1).max(20).optional(),
    severity: Severity.optional(),
    note: z.string().max(4000).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'names at least one field to change');

export const ClipState = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('waiting'), readyAfter: Instant }),
  z.strictObject({ state: z.literal('cutting') }),
  z.strictObject({
    state: z.literal('ready'),
    clipUrl: z.string(),
    stillUrl: z.string().nullable(),
    from: Instant,
    to: Instant,
    bytes: z.number().int(),
    sha256: z.string(),
    gapSeconds: z.number().describe('seconds of the range for which nothing was recorded'),
  }),
  z.strictObject({ state: z.literal('failed'), reason: z.string() }),
]);
export type ClipState = z.infer<typeof ClipState>;

/** Where the work on an incident stands. `draft` is a flag that never left its device. */
export const INCIDENT_STATES = [
  'draft',
  'submitted',
  'triaging',
  'needs_info',
  'in_review',
  'awaiting_second',
  'disputed',
  'decided',
  'closed',
  'merged',
  'withdrawn',
] as const;
export const IncidentState = z.enum(INCIDENT_STATES);
export type IncidentState = z.infer<typeof IncidentState>;

export const OUTCOMES = ['confirmed', 'not_confirmed', 'inconclusive', 'out_of_scope'] as const;
export const Outcome = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof Outcome>;

export const Quarantine = z.enum(['none', 'content', 'source', 'all']);
export type Quarantine = z.infer<typeof Quarantine>;
export const Escalation = z.enum(['none', 'safety', 'legal']);
export type Escalation = z.infer<typeof Escalation>;
/** How much of a decision is published, once there is one. */
export const Publication = z.enum(['none', 'coarse', 'full']);
export type Publication = z.infer<typeof Publication>;

/** The clock that runs, or stands still while a question is open. */
export const CaseClock = z.strictObject({
  kind: z.enum(['claim', 'decision']),
  due: Instant,
  paused: z.boolean(),
});
export type CaseClock = z.infer<typeof CaseClock>;

/** What the system adds to an incident that it raised. */
export const OUTAGE_EVENTS = ['outage-joined', 'outage-ended', 'outage-resumed'] as const;
export type OutageEvent = (typeof OUTAGE_EVENTS)[number];

export const Incident = z.strictObject({
  id: Id,
  number: z.number().int(),
  state: IncidentState,
  code: z.string(),
  codeLabel: z.string(),
  severity: Severity,
  note: z.string().nullable(),
  camera: z.strictObject({ id: Id, name: z.string() }),
  station: z.strictObject({ code: z.string(), name: z.string(), timezone: z.string() }),
  at: Instant,
  from: Instant,
  to: Instant,
  clock: z.strictObject({ pressedAt: Instant, delayMs: z.number().int(), receivedAt: Instant }),
  reporter: z.strictObject({ id: Id, name: z.string() }).nullable().describe('null: the system'),
  version: z.number().int(),
  clip: ClipState,
  outcome: Outcome.nullable(),
  reasonCode: z.string().nullable(),
  reportedSeverity: Severity,
  regionId: Id,
  flags: z.strictObject({ quarantine: Quarantine, escalated: Escalation, publication: Publication }),
  holder: z
    .strictObject({
      id: Id,
      name: z.string(),
      until: Instant,
      handed: z
        .strictObject({ by: z.string(), at: Instant, reason: z.string().nullable() })
        .nullable()
        .describe('by whom it was handed over; null: its holder claimed it'),
    })
    .nullable()
    .describe('who has claimed it now'),
  dueClock: CaseClock.nullable(),
  overdue: z.enum(['none', 'lead', 'chair']).describe('to whom a missed clock was brought'),
  mergedInto: Id.nullable(),
  corroboration: z.number().int().describe('different organisations that reported it, merged reports included'),
  outage: z
    .strictObject({
      from: Instant,
      to: Instant.nullable().describe('null: it goes on'),
      together: z.boolean().describe('several cameras of one region; the events name them'),
    })
    .nullable()
    .describe('of an incident that the system raised'),
});
export type Incident = z.infer<typeof Incident>;
