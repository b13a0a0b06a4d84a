import { z } from 'zod';
import { Id, Instant, PageQuery, StationCode } from './primitives';

export const HOLD_MAX_DAYS = 7;
const DAY_MS = 86_400_000;

const Reason = z.string().trim().min(3, 'has at least 3 characters').max(1000, 'has at most 1000 characters');

/** Footage of a camera, or of all cameras of a station, now and later: `to` is not part of the range. */
export const MakeHold = z
  .strictObject({
    cameraId: Id.optional(),
    stationCode: StationCode.optional(),
    from: Instant,
    to: Instant,
    reason: Reason,
    expiresAt: Instant.optional().describe('absent: it never ends by itself'),
  })
  .superRefine(({ cameraId, stationCode, from, to }, context) => {
    const problem = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (cameraId !== undefined && stationCode !== undefined) problem('stationCode', 'comes only without cameraId');
    if (cameraId === undefined && stationCode === undefined) problem('cameraId', 'is given, or stationCode is');
    // Zod comes here with texts that are no instants too, having said so; of those nothing else is to be said.
    if (![from, to].every((text) => Instant.safeParse(text).success)) return;
    const lengthMs = Date.parse(to) - Date.parse(from);
    if (lengthMs <= 0) problem('to', 'is later than from');
    if (lengthMs > HOLD_MAX_DAYS * DAY_MS) problem('to', `is at most ${HOLD_MAX_DAYS} days after from`);
  });
export type MakeHold = z.infer<typeof MakeHold>;

/** `null`: it never ends by itself. Only later than it was: what lets footage go is a release. */
export const ProlongHold = z.strictObject({ expiresAt: Instant.nullable(), reason: Reason });
export type ProlongHold = z.infer<typeof ProlongHold>;

export const AskRelease = z.strictObject({ reason: Reason });
export type AskRelease = z.infer<typeof AskRelease>;

const Person = z.strictObject({ id: Id, name: z.string() });
export const HoldState = z.enum(['active', 'expired', 'released']);
export type HoldState = z.infer<typeof HoldState>;

export const Hold = z.strictObject({
  id: Id,
  state: HoldState.describe('active: its footage is not deleted. By the clock of the server'),
  camera: z.strictObject({ id: Id, name: z.string() }).nullable().describe('null: all cameras of the station'),
  station: z.strictObject({ code: z.string(), name: z.string(), timezone: z.string() }),
  from: Instant,
  to: Instant,
  reason: z.string(),
  owner: Person.nullable().describe('null: a flag made it'),
  incident: z.strictObject({ id: Id, number: z.number().int() }).nullable(),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  bytes: z.number().int().nullable().describe('of what is on record of it; null: not counted yet'),
  countedAt: Instant.nullable(),
  release: z
    .strictObject({
      reason: z.string(),
      askedBy: Person,
      askedAt: Instant,
      confirmedBy: Person.nullable(),
      confirmedAt: Instant.nullable(),
    })
    .nullable(),
});
export type Hold = z.infer<typeof Hold>;

export const HoldEvent = z.strictObject({
  id: Id,
  type: z.enum(['made', 'prolonged', 'release-asked', 'release-refused', 'released']),
  actor: Person,
  at: Instant,
  reason: z.string(),
  expiresAt: Instant.nullable(),
});
export const HoldDetail = Hold.extend({ events: z.array(HoldEvent) });
export type HoldDetail = z.infer<typeof HoldDetail>;

/** From which share of the budget on: `early` 70 %, `late` 90 %, `over` all of it. */
export const HOLD_BUDGET_LEVELS = ['enough', 'early', 'late', 'over'] as const;
export const HoldBudgetLevel = z.enum(HOLD_BUDGET_LEVELS);
export type HoldBudgetLevel = z.infer<typeof HoldBudgetLevel>;

export const HoldBudget = z.strictObject({
  usedBytes: z.number().int().describe('what all active holds keep; what several cover is counted once'),
  limitBytes: z.number().int().nullable().describe('null: there is no budget'),
  level: HoldBudgetLevel,
  since: Instant,
  countedAt: Instant,
});
export type HoldBudget = z.infer<typeof HoldBudget>;

export const HoldQuery = PageQuery.extend({
  state: HoldState.optional(),
  release: z.literal('asked').optional().describe('only those whose release waits for a second person'),
  station: z.string().max(40).optional(),
  camera: Id.optional(),
  incident: Id.optional(),
});
export type HoldQuery = z.infer<typeof HoldQuery>;
