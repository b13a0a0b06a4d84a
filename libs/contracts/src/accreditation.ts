import { z } from 'zod';
import { Id, Instant, PageQuery, StationCode } from './primitives';

export const OBSERVER_KINDS = ['party', 'citizen', 'international', 'media'] as const;
export const ObserverKind = z.enum(OBSERVER_KINDS);
export type ObserverKind = z.infer<typeof ObserverKind>;

/** States as they are stored; an accreditation whose time is over is told as `expired`. */
export const STORED_ACCREDITATION_STATES = ['submitted', 'needs_info', 'approved', 'rejected', 'suspended', 'revoked'] as const;
export const ACCREDITATION_STATES = [...STORED_ACCREDITATION_STATES, 'expired'] as const;
export const AccreditationState = z.enum(ACCREDITATION_STATES);
export type AccreditationState = z.infer<typeof AccreditationState>;

export const ACCREDITATION_ACTIONS = [
  'submit',
  'ask',
  'answer',
  'approve',
  'reject',
  'suspend',
  'resume',
  'revoke',
  'open-account',
] as const;

export const MAX_DOCUMENTS = 5;
export const MAX_DOCUMENT_BYTES = 5 * 1024 * 1024;
export const DOCUMENT_TYPES = ['application/pdf', 'image/jpeg', 'image/png'] as const;
/** Header that carries the secret reference of an application: never part of an address, which is logged. */
export const REFERENCE_HEADER = 'Accreditation-Reference';

const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'is missing')
    .max(max)
    .regex(/^\P{Cc}*$/u, 'is one line');
const Reason = z.string().trim().min(3, 'says why, in at least 3 characters').max(2000);

export const ApplyForAccreditation = z.strictObject({
  name: oneLine(200),
  email: z.email('is an e-mail address').max(254),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9][0-9 ()./-]{4,28}$/, 'is a telephone number')
    .nullish(),
  kind: ObserverKind,
  organisation: oneLine(200),
  statement: z.string().trim().max(2000).nullish().describe('what the deciders should know'),
  regions: z.array(Id).max(100).default([]).describe('wished regions; none: wherever there is need'),
});

export const ApplicationReceived = z.strictObject({
  id: Id,
  reference: z.string().describe('secret, told here only: who holds it acts for the applicant'),
  dueAt: Instant.describe('by when the commission decides'),
});

export const AccreditationScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('election') }),
  z.strictObject({ kind: z.literal('regions'), regions: z.array(Id).min(1).max(100) }),
  z.strictObject({ kind: z.literal('stations'), stations: z.array(StationCode).min(1).max(200) }),
]);
export type AccreditationScope = z.infer<typeof AccreditationScope>;

/** A scope in words: names of regions from the outermost down, or numbers of stations. */
export const ScopeWords = z.strictObject({ kind: z.enum(['election', 'regions', 'stations']), places: z.array(z.string()) });
export type ScopeWords = z.infer<typeof ScopeWords>;

export const AccreditationDocument = z.strictObject({
  id: Id,
  name: z.string(),
  type: z.enum(DOCUMENT_TYPES),
  bytes: z.number().int(),
  sha256: z.string(),
  addedAt: Instant,
});
export type AccreditationDocument = z.infer<typeof AccreditationDocument>;

const Question = z.strictObject({
  question: z.string(),
  askedAt: Instant,
  answer: z.string().nullable(),
  answeredAt: Instant.nullable(),
});

/** What an applicant sees of the own application. */
export const OwnApplication = z.strictObject({
  id: Id,
  state: AccreditationState,
  name: z.string(),
  email: z.string(),
  kind: ObserverKind,
  organisation: z.string(),
  submittedAt: Instant,
  dueAt: Instant,
  overdue: z.boolean(),
  reason: z.string().nullable().describe('of the latest decision'),
  questions: z.array(Question),
  documents: z.array(AccreditationDocument),
  number: z.string().nullable(),
  scope: ScopeWords.nullable(),
  validFrom: Instant.nullable(),
  validTo: Instant.nullable(),
  hasAccount: z.boolean(),
});
export type OwnApplication = z.infer<typeof OwnApplication>;

export const AnswerQuestion = z.strictObject({ answer: z.string().trim().min(1, 'is missing').max(2000) });
export const OpenAccount = z.strictObject({ password: z.string().min(12, 'has at least 12 characters').max(1024) });
export const AddDocumentQuery = z.strictObject({
  name: z
    .string()
    .regex(/^[^\p{Cc}/\\]+$/u, 'is the name of a file')
    .max(120),
});

export const AccreditationQuery = PageQuery.extend({
  state: z
    .enum([...ACCREDITATION_STATES, 'open'])
    .optional()
    .describe('`open`: submitted or needs_info'),
  kind: ObserverKind.optional(),
  overdue: z.enum(['1']).optional(),
  q: z.string().max(200).optional().describe('in name, e-mail, organisation or number'),
});

/** A row of the deciders' list. */
export const Accreditation = z.strictObject({
  id: Id,
  state: AccreditationState,
  name: z.string(),
  email: z.string(),
  kind: ObserverKind,
  organisation: z.string(),
  submittedAt: Instant,
  dueAt: Instant,
  overdue: z.boolean(),
  number: z.string().nullable(),
  validFrom: Instant.nullable(),
  validTo: Instant.nullable(),
  documents: z.number().int(),
});
export type Accreditation = z.infer<typeof Accreditation>;

export const AccreditationEvent = z.strictObject({
  action: z.enum(ACCREDITATION_ACTIONS),
  from: z.enum(STORED_ACCREDITATION_STATES).nullable(),
  to: z.enum(STORED_ACCREDITATION_STATES),
  at: Instant,
  actor: z.string().nullable().describe('name of who decided; null: the applicant'),
  reason: z.string().nullable(),
});

export const AccreditationDetail = Accreditation.extend({
  phone: z.string().nullable(),
  statement: z.string().nullable(),
  wishedRegions: z.array(z.strictObject({ id: Id, path: z.string() })),
  scope: AccreditationScope.nullable(),
  scopeWords: ScopeWords.nullable(),
  hasAccount: z.boolean(),
  files: z.array(AccreditationDocument),
  questions: z.array(Question),
  events: z.array(AccreditationEvent),
  possible: z.array(z.enum(ACCREDITATION_ACTIONS)).describe('what a decider may do from here'),
  sameOrganisation: z.number().int().describe('accreditations of this organisation that are valid now'),
});
export type AccreditationDetail = z.infer<typeof AccreditationDetail>;

export const ApproveAccreditation = z
  .strictObject({
    reason: Reason,
    scope: AccreditationScope,
    validFrom: Instant,
    validTo: Instant,
    organisation: oneLine(200).optional().describe('as it is to be counted; by default as the applicant wrote it'),
  })
  .refine(({ validFrom, validTo }) => new Date(validFrom) < new Date(validTo), {
    path: ['validTo'],
    error: 'is after validFrom',
  });

export const Badge = z.strictObject({
  number: z.string(),
  valid: z.boolean(),
  name: z.string(),
  organisation: z.string(),
  kind: ObserverKind,
  election: z.string(),
  scope: ScopeWords,
  validFrom: Instant,
  validTo: Instant,
  checkUrl: z.string(),
  qr: z
    .strictObject({ size: z.number().int(), path: z.string() })
    .describe('of `checkUrl`: an SVG path in a square of `size` units, quiet zone included'),
});
export type Badge = z.infer<typeof Badge>;

/** `unknown` for every number that was never given, `mistyped` where its check character does not fit. */
export const CHECK_RESULTS = ['valid', 'not-yet-valid', 'suspended', 'revoked', 'expired', 'unknown', 'mistyped'] as const;

export const AccreditationCheck = z.strictObject({
  number: z.string(),
  valid: z.boolean(),
  result: z.enum(CHECK_RESULTS),
  organisation: z.string().nullable(),
  kind: ObserverKind.nullable(),
  election: z.string().nullable(),
  scope: ScopeWords.nullable(),
  validFrom: Instant.nullable(),
  validTo: Instant.nullable(),
  checkedAt: Instant,
});
export type AccreditationCheck = z.infer<typeof AccreditationCheck>;

const Counts = z.strictObject({
  applications: z.number().int(),
  waiting: z.number().int().describe('for a decision'),
  waitingForApplicant: z.number().int(),
  overdue: z.number().int().describe('of those that wait for a decision'),
  approved: z.number().int().describe('ever'),
  rejected: z.number().int(),
  suspended: z.number().int().describe('now'),
  revoked: z.number().int(),
  validNow: z.number().int(),
});

export const AccreditationStatistics = z.strictObject({
  at: Instant,
  election: z.string(),
  decisionDays: z.number().int().describe('within which each application is to be decided'),
  total: Counts,
  byKind: z.array(Counts.extend({ kind: ObserverKind })),
  organisations: z.number().int().describe('with an accreditation that is valid now'),
  decidedLate: z.number().int(),
  imported: z.number().int().describe('entered by the commission itself; in no time to decide'),
  hoursToDecide: z
    .strictObject({ decisions: z.number().int(), median: z.number(), p90: z.number(), longest: z.number() })
    .nullable()
    .describe('from application to first decision, time spent waiting for answers included; null: no decision yet'),
});
export type AccreditationStatistics = z.infer<typeof AccreditationStatistics>;

export const AccreditationImportResult = z.strictObject({
  dryRun: z.boolean(),
  accreditations: z.number().int(),
  people: z
    .array(z.strictObject({ line: z.number().int(), name: z.string(), number: z.string(), reference: z.string() }))
    .describe('references are told here only; empty for a dry run'),
});
export type AccreditationImportResult = z.infer<typeof AccreditationImportResult>;

export const AccreditationSettings = z.strictObject({ decisionDays: z.number().int().min(1).max(90) });
