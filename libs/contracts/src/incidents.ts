import { z } from 'zod';
import { Id, Instant, PageQuery } from './primitives';

export const Severity = z.enum(['S1', 'S2', 'S3', 'S4']);
export type Severity = z.infer<typeof Severity>;

export const IncidentCode = z.strictObject({
  code: z.string(),
  group: z.string(),
  groupLabel: z.string(),
  label: z.string(),
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

export const IncidentState = z.enum(['submitted', 'withdrawn']);

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

export const IncidentEvent = z.strictObject({
  id: Id,
  type: z.enum(['flagged', 'described', 'withdrawn', 'clip-ready', 'clip-failed', 'outage-joined', 'outage-ended', 'outage-resumed']),
  actor: z.string().nullable(),
  at: Instant,
  detail: z.record(z.string(), z.unknown()),
});

export const IncidentDetail = Incident.extend({ events: z.array(IncidentEvent) });
export type IncidentDetail = z.infer<typeof IncidentDetail>;

export const IncidentQuery = PageQuery.extend({
  state: IncidentState.optional(),
  station: z.string().max(40).optional(),
  region: Id.optional(),
  code: z.string().max(20).optional(),
  severity: Severity.optional(),
  mine: z.enum(['0', '1']).optional(),
  q: z.string().max(200).optional(),
});
