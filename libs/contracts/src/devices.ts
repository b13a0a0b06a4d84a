import { z } from 'zod';
import { Id, Instant, StationCode } from './primitives';
import { Coverage, Audience, ReportTotals, TopFinding } from './reports';

export const DEVICE_KINDS = [
  'voting-machine',
  'ballot-scanner',
  'ballot-marker',
  'voter-check',
  'results-terminal',
  'other',
] as const;
export const DeviceKind = z.enum(DEVICE_KINDS);
export type DeviceKind = z.infer<typeof DeviceKind>;

export const DEVICE_STATES = ['registered', 'sealed', 'in-use', 'out-of-order', 'replaced', 'closed', 'removed'] as const;
export const DeviceState = z.enum(DEVICE_STATES);
export type DeviceState = z.infer<typeof DeviceState>;

const Serial = z.string().trim().min(1).max(80);
const Seals = z.array(z.string().trim().min(1).max(60)).max(20);
const Reason = z.string().trim().min(3).max(1000);

export const RegisterDevice = z.strictObject({ kind: DeviceKind, serial: Serial, seals: Seals, at: Instant, reason: Reason });
export type RegisterDevice = z.infer<typeof RegisterDevice>;

/** What is left out stays as it is. */
export const ChangeDevice = z.strictObject({
  state: DeviceState,
  serial: Serial.optional(),
  seals: Seals.optional(),
  at: Instant,
  reason: Reason,
});
export type ChangeDevice = z.infer<typeof ChangeDevice>;

export const CHECK_KINDS = ['zero-tape', 'result-tape'] as const;
export const CheckKind = z.enum(CHECK_KINDS);
export type CheckKind = z.infer<typeof CheckKind>;

/** Votes for an option, as they are printed. */
export const OptionCount = z.strictObject({
  option: z.string().trim().min(1).max(200),
  count: z.number().int().min(0).max(1_000_000),
});
export type OptionCount = z.infer<typeof OptionCount>;
const Numbers = z
  .array(OptionCount)
  .max(100)
  .refine((counts) => new Set(counts.map(({ option }) => option)).size === counts.length, 'names each option once');

export const CheckDevice = z.strictObject({
  kind: CheckKind,
  observedAt: Instant,
  serial: Serial.describe('as it stands on the device'),
  seals: Seals.describe('as they are on the device'),
  printed: z.boolean().describe('whether there was a tape at all'),
  printedAt: Instant.nullable().describe('as the tape says; null: it does not'),
  numbers: Numbers.describe('as they stand on the tape'),
  protocol: Numbers.default([]).describe('of a result tape: as they stand in the protocol'),
  photoSha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'is a SHA-256, 64 hex digits')
    .optional(),
  note: z.string().trim().max(2000).optional(),
});
export type CheckDevice = z.infer<typeof CheckDevice>;

export const CHECK_FINDINGS = [
  'serial-differs',
  'seal-differs',
  'zero-tape-missing',
  'zero-tape-late',
  'zero-tape-not-zero',
  'result-tape-missing',
  'totals-differ',
] as const;
export const CheckFindingCode = z.enum(CHECK_FINDINGS);
export type CheckFindingCode = z.infer<typeof CheckFindingCode>;

export const CheckFinding = z.strictObject({
  code: CheckFindingCode,
  incident: z.string().describe('code of the taxonomy that a flag of it has'),
  expected: z.string(),
  found: z.string(),
});
export type CheckFinding = z.infer<typeof CheckFinding>;

export const DeviceCheck = z.strictObject({
  id: Id,
  kind: CheckKind,
  observedAt: Instant,
  receivedAt: Instant,
  serial: z.string(),
  seals: z.array(z.string()),
  printed: z.boolean(),
  printedAt: Instant.nullable(),
  numbers: z.array(OptionCount),
  protocol: z.array(OptionCount),
  photoSha256: z.string().nullable(),
  note: z.string().nullable(),
  mine: z.boolean(),
  findings: z.array(CheckFinding.extend({ incidentId: Id.nullable(), incidentNumber: z.number().int().nullable() })),
});
export type DeviceCheck = z.infer<typeof DeviceCheck>;

export const Device = z.strictObject({
  id: Id,
  kind: DeviceKind,
  source: z
    .enum(['commission', 'observer'])
    .describe('who entered it; what an observer enters, only they and their organisation change'),
  state: DeviceState,
  serial: z.string(),
  seals: z.array(z.string()),
  mayChange: z.boolean(),
  history: z.array(
    z.strictObject({
      seq: z.number().int(),
      state: DeviceState,
      serial: z.string(),
      seals: z.array(z.string()),
      at: Instant,
      receivedAt: Instant,
      by: z.string().nullable().describe('null: an observer, to people of other organisations'),
      reason: z.string(),
    }),
  ),
  checks: z.array(DeviceCheck).describe('of one’s own organisation'),
});
export type Device = z.infer<typeof Device>;

export const DeviceParams = z.strictObject({ code: StationCode, deviceId: Id });
export const FlagFinding = z.strictObject({ finding: CheckFindingCode });

/** Checks of one kind, and how many of them found what. */
export const DeviceTotals = z.strictObject({
  kind: CheckKind,
  /** Null: of too few stations to be shown. */
  total: z
    .strictObject({
      stations: z.number().int(),
      checks: z.number().int(),
      clean: z.number().int(),
      findings: z.array(z.strictObject({ code: CheckFindingCode, checks: z.number().int() })),
    })
    .nullable(),
});
export type DeviceTotals = z.infer<typeof DeviceTotals>;

export const InterimReport = z.strictObject({
  election: z.strictObject({ id: Id, name: z.string() }),
  asOf: Instant.describe('when the newest of what is in it was received'),
  audience: Audience,
  minStations: z.number().int(),
  coverage: Coverage,
  findings: z.array(TopFinding),
  devices: z.array(DeviceTotals),
  forms: z.array(ReportTotals),
});
export type InterimReport = z.infer<typeof InterimReport>;
