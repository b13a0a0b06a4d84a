import { z } from 'zod';
import { Role } from './access';
import { Escalation, Incident, IncidentState, Outcome, Publication, Quarantine, Severity } from './incidents';
import { Id, Instant, PageQuery } from './primitives';

/** Everything that can be done with an incident. */
export const CASE_ACTIONS = [
  'submit',
  'describe',
  'withdraw',
  'adopt',
  'claim',
  'renew',
  'release',
  'hand-over',
  'break',
  'classify',
  'merge',
  'unmerge',
  'ask',
  'answer',
  'resume',
  'route',
  'out-of-scope',
  'find',
  'second',
  'vote',
  'close',
  'ask-reopen',
  'reopen',
  'quarantine',
  'lift-quarantine',
  'escalate',
  'publish',
] as const;
export const CaseAction = z.enum(CASE_ACTIONS);
export type CaseAction = z.infer<typeof CaseAction>;

const Reason = z.string().trim().min(3, 'has at least 3 characters').max(4000);
const Version = z.number().int().min(1).describe('the version that was looked at; another one by now is refused (409)');

/** Reasons of decisions, by outcome. */
export const REASON_CODES = {
  confirmed: ['seen', 'seen-and-documented', 'measured'],
  not_confirmed: ['not-seen', 'explained', 'lawful'],
  inconclusive: ['view-blocked', 'footage-missing', 'picture-unclear', 'needs-documents'],
  out_of_scope: ['not-an-incident', 'other-jurisdiction', 'before-or-after', 'duplicate', 'test'],
} as const satisfies Record<Outcome, readonly string[]>;
export const ReasonCode = z.enum([
  ...REASON_CODES.confirmed,
  ...REASON_CODES.not_confirmed,
  ...REASON_CODES.inconclusive,
  ...REASON_CODES.out_of_scope,
]);
export type ReasonCode = z.infer<typeof ReasonCode>;

/** What of the record speaks for a finding. */
export const CitedEvidence = z.strictObject({
  cameraId: Id,
  from: Instant,
  to: Instant,
  note: z.string().max(1000).optional(),
});
export type CitedEvidence = z.infer<typeof CitedEvidence>;

/** What somebody finds: an outcome with its reasons, the exact range, and the evidence it rests on. */
export const Finding = z.strictObject({
  outcome: Outcome,
  reasonCode: ReasonCode,
  reason: Reason,
  range: z.strictObject({ from: Instant, to: Instant }).optional(),
  evidence: z.array(CitedEvidence).max(20).default([]),
});
export type Finding = z.infer<typeof Finding>;

export const FOLLOW_UPS = ['referral', 'correction', 'none', 'appeal-over'] as const;

/**
 * Where the incident should go. `decided` states what its author finds: whether that decides it, or a second person or a panel has
 * to, follows from the rules. Its meaning in each state: triage says that it is out of scope, reviewer A finds, reviewer B finds, a member of
 * the panel votes.
 */
export const CaseTransition = z.discriminatedUnion('to', [
  z.strictObject({
    to: z.literal('in_review'),
    version: Version,
    reason: Reason.describe('of the route, or of reopening'),
    code: z.string().min(1).max(20).optional(),
    severity: Severity.optional(),
    regionId: Id.optional().describe('whose commission decides; absent: that of the station'),
  }),
  z.strictObject({
    to: z.literal('merged'),
    version: Version,
    reason: Reason,
    into: Id,
    sameStory: z.boolean().default(false).describe('the times do not overlap, but it is one story'),
  }),
  z.strictObject({ to: z.literal('needs_info'), version: Version, question: Reason }),
  Finding.extend({ to: z.literal('decided'), version: Version }),
  z.strictObject({
    to: z.literal('closed'),
    version: Version,
    reason: Reason,
    followUp: z.enum(FOLLOW_UPS),
    reference: z.string().max(200).optional().describe('number of a referral'),
  }),
  z.strictObject({ to: z.literal('withdrawn'), version: Version, reason: Reason }),
  z.strictObject({
    to: z.literal('triaging'),
    version: Version,
    reason: Reason.describe('of adopting a withdrawn report, or of taking a merged one apart again'),
  }),
]);
export type CaseTransition = z.infer<typeof CaseTransition>;

/** Another code or severity, by whoever holds the claim. The reporter’s severity stays on record. */
export const Classification = z
  .strictObject({ version: Version, reason: Reason, code: z.string().min(1).max(20).optional(), severity: Severity.optional() })
  .refine((change) => change.code !== undefined || change.severity !== undefined, 'names a code or a severity');
export type Classification = z.infer<typeof Classification>;

/** Lifting a quarantine (`none`) takes two people: the first asks for it, the second does it. */
export const FlagChange = z
  .strictObject({
    version: Version,
    reason: Reason,
    quarantine: Quarantine.optional(),
    escalated: Escalation.optional(),
    publication: Publication.optional(),
  })
  .refine(
    (change) => [change.quarantine, change.escalated, change.publication].filter((flag) => flag !== undefined).length === 1,
    'changes exactly one flag',
  );
export type FlagChange = z.infer<typeof FlagChange>;

export const HandOver = z.strictObject({ to: Id, reason: Reason.optional() });
/** Somebody who may hold an incident. */
export const Recipient = z.strictObject({ id: Id, name: z.string(), roles: z.array(Role) });
export type Recipient = z.infer<typeof Recipient>;
export const BreakClaim = z.strictObject({ reason: Reason });
export const AskReopen = z.strictObject({ version: Version, reason: Reason });

/** Text added to an incident. By the reporter, while a question is open, it is the answer. Never edited, never deleted. */
export const NewAddendum = z.strictObject({ text: z.string().trim().min(1).max(4000) });
export const Addendum = z.strictObject({
  id: Id,
  kind: z.enum(['addendum', 'question', 'answer']),
  text: z.string(),
  author: z.string().nullable(),
  at: Instant,
});
export type Addendum = z.infer<typeof Addendum>;

/** Stretches of the record that were really played, as the player saw them pass. */
export const PlayedRanges = z.strictObject({
  ranges: z
    .array(z.strictObject({ from: Instant, to: Instant }))
    .min(1)
    .max(50),
});
export const Played = z.strictObject({
  ranges: z.array(z.strictObject({ from: Instant, to: Instant })),
  full: z.boolean().describe('the whole flagged range'),
});
export type Played = z.infer<typeof Played>;

export const IncidentEvent = z.strictObject({
  id: Id,
  type: z.string().describe('an action, or what the system did'),
  actor: z.string().nullable(),
  at: Instant,
  detail: z.record(z.string(), z.unknown()),
});
export type IncidentEvent = z.infer<typeof IncidentEvent>;

/** A frozen version: what the incident was from then on. */
export const IncidentVersion = z.strictObject({
  version: z.number().int(),
  at: Instant,
  actor: z.string().nullable(),
  action: CaseAction,
  facts: z.record(z.string(), z.unknown()),
});
export type IncidentVersion = z.infer<typeof IncidentVersion>;

/** One person’s finding. Others’ are sealed until their reader may not be swayed by them any more. */
export const CaseVote = z.strictObject({
  round: z.number().int(),
  stage: z.enum(['scope', 'first', 'second', 'panel']),
  by: z.string(),
  at: Instant,
  outcome: Outcome,
  reasonCode: ReasonCode,
  reason: z.string(),
  range: z.strictObject({ from: Instant, to: Instant }).nullable(),
  evidence: z.array(CitedEvidence),
});
export type CaseVote = z.infer<typeof CaseVote>;

export const Decision = z.strictObject({
  round: z.number().int(),
  by: z.enum(['triage', 'one', 'two', 'panel']),
  outcome: Outcome,
  reasonCode: ReasonCode,
  reasons: z.array(z.string()).describe('of those who decided so'),
  dissent: z.array(z.strictObject({ outcome: Outcome, reason: z.string() })),
  at: Instant,
  superseded: z.boolean(),
});
export type Decision = z.infer<typeof Decision>;

/** An action that the caller’s role and the state allow. */
export const AllowedAction = z.strictObject({
  action: CaseAction,
  blockedBy: z.string().nullable().describe('the error code that it would meet now; null: it can be done'),
});
export type AllowedAction = z.infer<typeof AllowedAction>;

export const CaseHold = z.strictObject({
  id: Id,
  cameraId: Id,
  from: Instant,
  to: Instant,
  reason: z.string(),
  released: z.boolean(),
});

export const IncidentDetail = Incident.extend({
  events: z.array(IncidentEvent),
  versions: z.array(IncidentVersion),
  addenda: z.array(Addendum),
  votes: z.array(CaseVote),
  sealedVotes: z.number().int().describe('votes of this round that the caller may not see yet'),
  decisions: z.array(Decision),
  merged: z.array(z.strictObject({ id: Id, number: z.number().int() })),
  holds: z.array(CaseHold),
  played: Played.describe('by the caller'),
  reopenAsked: z.strictObject({ at: Instant, reason: z.string() }).nullable(),
  answerDue: Instant.nullable(),
  actions: z.array(AllowedAction).describe('what the caller may do now'),
});
export type IncidentDetail = z.infer<typeof IncidentDetail>;

export const IncidentQuery = PageQuery.extend({
  state: z
    .string()
    .max(200)
    .transform((text) => text.split(','))
    .pipe(z.array(IncidentState))
    .optional()
    .describe('one or several, with commas'),
  station: z.string().max(40).optional(),
  region: Id.optional(),
  code: z.string().max(20).optional(),
  severity: Severity.optional(),
  mine: z.enum(['0', '1']).optional().describe('reported by me'),
  claimed: z.enum(['me', 'none', 'any']).optional(),
  due: z.enum(['overdue', 'hour']).optional().describe('its clock has run out, or does within an hour'),
  quarantine: z.enum(['0', '1']).optional(),
  q: z.string().max(200).optional(),
  sort: z.enum(['newest', 'clock']).optional().describe('`clock`: what is due first; count codes first while the count runs'),
});
export type IncidentQuery = z.infer<typeof IncidentQuery>;
