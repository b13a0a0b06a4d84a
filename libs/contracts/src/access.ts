import { z } from 'zod';
import { Instant } from './primitives';

export const ROLES = ['viewer', 'observer', 'triage', 'reviewer', 'chair', 'custodian', 'auditor', 'operator', 'admin'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const PERMISSIONS = [
  'incident.flag',
  'incident.read-own',
  'incident.read-all',
  'camera.manage',
  'camera.read-faults',
  'station.import',
  'footage.download',
  'account.manage',
  'incident.triage',
  'incident.review',
  'incident.panel',
  'incident.reopen',
  'incident.quarantine',
  'hold.manage',
  'hold.release',
  'evidence.export',
  'audit.read',
  'audit.read-own',
  'accreditation.decide',
  'report.fill',
  'report.read',
] as const;
export const Permission = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof Permission>;

/** What a role may do. An administrator manages accounts and cameras and decides nothing. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: [],
  observer: ['incident.flag', 'incident.read-own', 'audit.read-own', 'report.fill'],
  triage: ['incident.read-all', 'incident.flag', 'footage.download', 'incident.triage', 'incident.quarantine', 'audit.read-own'],
  reviewer: [
    'incident.read-all',
    'footage.download',
    'incident.review',
    'incident.panel',
    'incident.quarantine',
    'evidence.export',
    'audit.read-own',
  ],
  chair: [
    'incident.read-all',
    'footage.download',
    'incident.panel',
    'incident.reopen',
    'evidence.export',
    'audit.read-own',
    'accreditation.decide',
    'report.read',
  ],
  custodian: [
    'incident.read-all',
    'footage.download',
    'incident.quarantine',
    'hold.manage',
    'hold.release',
    'evidence.export',
    'audit.read-own',
  ],
  auditor: [
    'incident.read-all',
    'camera.read-faults',
    'footage.download',
    'hold.release',
    'evidence.export',
    'audit.read',
    'report.read',
  ],
  operator: ['camera.manage', 'camera.read-faults', 'station.import', 'footage.download'],
  admin: ['account.manage', 'camera.manage', 'camera.read-faults', 'station.import', 'footage.download'],
};

export const User = z.strictObject({ id: z.uuid(), email: z.string(), name: z.string(), roles: z.array(Role) });
export type User = z.infer<typeof User>;

/** Whoever holds one of these signs in with a second factor. */
export const needsSecondFactor = (role: Role): boolean => role !== 'viewer' && role !== 'observer';

export const SecondFactorState = z
  .enum(['none', 'to-enrol', 'to-show', 'shown'])
  .describe(
    'none: not needed; to-enrol: needed, and the account has none yet; to-show: the account has one since this session began. ' +
      'With to-enrol and to-show nothing is permitted but that',
  );
export type SecondFactorState = z.infer<typeof SecondFactorState>;

export const Session = z.strictObject({
  user: User,
  permissions: z.array(Permission),
  secondFactor: SecondFactorState,
  stepUpUntil: Instant.nullable().describe('until when what needs the second factor anew is allowed'),
});
export type Session = z.infer<typeof Session>;

/** A code of an authenticator app; people may type it in two groups. */
export const TotpCode = z.string().regex(/^\d{3} ?\d{3}$/, 'six digits');

export const SignIn = z.strictObject({
  email: z.email().max(254),
  password: z.string().min(1).max(1024),
  totp: TotpCode.optional(),
  recoveryCode: z.string().min(1).max(40).optional().describe('instead of totp; each works once'),
});
