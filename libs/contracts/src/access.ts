import { z } from 'zod';

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

export const Session = z.strictObject({ user: User, permissions: z.array(Permission) });
export type Session = z.infer<typeof Session>;

export const SignIn = z.strictObject({
  email: z.email().max(254),
  password: z.string().min(1).max(1024),
  totp: z
    .string()
    .regex(/^\d{6}$/, 'six digits')
    .optional(),
});
