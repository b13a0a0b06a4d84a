import { z } from 'zod';
import { Outcome, Severity } from './incidents';
import { Id, Instant, PageQuery } from './primitives';

/** Everybody may do with the record what they like. */
export const RECORD_LICENSE = {
  name: 'CC0-1.0',
  url: 'https://creativecommons.org/publicdomain/zero/1.0/',
} as const;

/** A decided incident as everybody may see it. Who reported it is in none of its fields. */
export const PublicIncident = z.strictObject({
  id: Id,
  number: z.number().int(),
  code: z.string(),
  codeLabel: z.string(),
  severity: Severity,
  outcome: Outcome,
  reasonCode: z.string(),
  reasons: z.array(z.string()).describe('of those who decided so; empty where only the outline is published'),
  dissent: z.array(z.strictObject({ outcome: Outcome, reason: z.string() })),
  decidedBy: z.enum(['triage', 'one', 'two', 'panel']),
  decidedAt: Instant,
  reopened: z.boolean().describe('the decision stands, and is being looked at again'),
  corroboration: z.number().int().describe('different organisations that reported it'),
  detail: z.enum(['coarse', 'full']).describe('`coarse`: without camera, times and reasons'),
  station: z.strictObject({
    code: z.string(),
    name: z.string(),
    regions: z.array(z.string()).describe('from the outermost down'),
    lat: z.number().nullable(),
    lon: z.number().nullable(),
    timezone: z.string(),
  }),
  camera: z.strictObject({ id: Id, name: z.string(), position: z.number().int() }).nullable(),
  at: Instant.nullable(),
  from: Instant.nullable(),
  to: Instant.nullable(),
  url: z.string().describe('the moment on the page of the station, or the page where no time is published'),
});
export type PublicIncident = z.infer<typeof PublicIncident>;

const Filters = z.strictObject({
  election: Id.optional().describe('absent: the election of the day'),
  region: Id.optional().describe('with those below it'),
  station: z.string().max(40).optional(),
  code: z.string().max(20).optional(),
  severity: Severity.optional(),
  outcome: Outcome.optional(),
});
/** The same for every file of the record. */
export const PublicRecordQuery = Filters;
export type PublicRecordQuery = z.infer<typeof PublicRecordQuery>;

export const PublicIncidentsQuery = PageQuery.extend(Filters.shape);
export type PublicIncidentsQuery = z.infer<typeof PublicIncidentsQuery>;

export const PublicIncidentPage = z.strictObject({
  items: z.array(PublicIncident),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
  quarantined: z.number().int().describe('decided, and withheld for what they show or where they come from; not among the items'),
});
export type PublicIncidentPage = z.infer<typeof PublicIncidentPage>;

/** A published incident on the timeline of a station. */
export const PublishedMark = z.strictObject({
  id: Id,
  number: z.number().int(),
  cameraId: Id,
  at: Instant,
  from: Instant,
  to: Instant,
  code: z.string(),
  codeLabel: z.string(),
  severity: Severity,
  outcome: Outcome,
});
export type PublishedMark = z.infer<typeof PublishedMark>;
