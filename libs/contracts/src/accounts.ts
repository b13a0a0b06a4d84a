import { z } from 'zod';
import { Permission, Role, TotpCode } from './access';
import { Id, Instant, PageQuery } from './primitives';

const Reason = z.string().trim().min(3).max(500).describe('why; kept with the record');
const Name = z.string().trim().min(1).max(120);

/** Where a right holds. */
export const ScopeRef = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all') }),
  z.strictObject({ kind: z.literal('election'), id: Id }),
  z.strictObject({ kind: z.literal('region'), id: Id }),
  z.strictObject({ kind: z.literal('station'), id: Id }),
]);
export type ScopeRef = z.infer<typeof ScopeRef>;

/** One’s own sessions: where one is signed in. */
export const OpenSession = z.strictObject({
  id: Id,
  current: z.boolean(),
  createdAt: Instant,
  lastSeenAt: Instant.describe('to a minute'),
  expiresAt: Instant.describe('at the latest; earlier when it is not used'),
  address: z.string(),
  userAgent: z.string(),
});
export type OpenSession = z.infer<typeof OpenSession>;

export const StepUp = z.strictObject({ totp: TotpCode });

export const SecondFactor = z.strictObject({
  needed: z.boolean().describe('one of your roles asks for it'),
  since: Instant.nullable().describe('null: there is none'),
  recoveryCodesLeft: z.number().int(),
});
export type SecondFactor = z.infer<typeof SecondFactor>;

/** Shown once. */
export const SecondFactorSetup = z.strictObject({
  secret: z.string().describe('base32'),
  uri: z.string().describe('otpauth://'),
  qrSvg: z.string().describe('the same as a picture'),
});
export type SecondFactorSetup = z.infer<typeof SecondFactorSetup>;

/** Shown once. */
export const RecoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) });

export const CreateToken = z.strictObject({
  name: Name,
  permissions: z.array(Permission).min(1).max(50),
  scope: ScopeRef.optional().describe('default: wherever you may'),
  expiresAt: Instant.describe('at most a year ahead'),
});

export const PersonalToken = z.strictObject({
  id: Id,
  name: z.string(),
  permissions: z.array(Permission),
  scope: ScopeRef,
  createdAt: Instant,
  expiresAt: Instant,
  lastUsedAt: Instant.nullable(),
});
export type PersonalToken = z.infer<typeof PersonalToken>;

export const NewToken = PersonalToken.extend({ token: z.string().describe('shown once') });

const NewGrant = z.strictObject({
  role: Role,
  scope: ScopeRef,
  validFrom: Instant.optional().describe('default: now'),
  validTo: Instant.optional().describe('default: until it is ended'),
});

export const GiveGrant = NewGrant.extend({ reason: Reason });
export const WithReason = z.strictObject({ reason: Reason });
export const GrantParams = z.strictObject({ id: Id, grantId: Id });

export const Grant = z.strictObject({
  id: Id,
  role: Role,
  scope: ScopeRef,
  scopeName: z.string().nullable().describe('null: everywhere, or the place is gone'),
  validFrom: Instant,
  validTo: Instant.nullable(),
  reason: z.string().nullable(),
  endReason: z.string().nullable(),
});
export type Grant = z.infer<typeof Grant>;

export const Account = z.strictObject({
  id: Id,
  email: z.string(),
  name: z.string(),
  createdAt: Instant,
  disabledAt: Instant.nullable(),
  disabledReason: z.string().nullable(),
  secondFactor: z.boolean(),
  grants: z.array(Grant).describe('also those that are over'),
});
export type Account = z.infer<typeof Account>;

export const AccountQuery = PageQuery.extend({ q: z.string().max(200).optional() });

export const CreateAccount = z.strictObject({
  email: z.email().max(254),
  name: Name,
  grant: NewGrant.optional().describe('its first right'),
  reason: Reason,
});

/** With the password that was made for it; shown once. */
export const NewAccountMade = z.strictObject({ account: Account, password: z.string() });

export const ChangePassword = z.strictObject({
  password: z.string().min(1).max(1024).describe('the present one'),
  newPassword: z.string().min(12).max(1024),
});
