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
  'evidence.export',
] as const;
export const Permission = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof Permission>;

/** What a role may do. An administrator manages accounts and cameras and decides nothing. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: [],
  observer: ['incident.flag', 'incident.read-own'],
  triage: ['incident.read-all', 'incident.flag', 'footage.download'],
  reviewer: ['incident.read-all', 'footage.download', 'evidence.export'],
  chair: ['incident.read-all', 'footage.download', 'evidence.export'],
  custodian: ['incident.read-all', 'footage.download', 'evidence.export'],
  auditor: ['incident.read-all', 'camera.read-faults', 'footage.download', 'evidence.export'],
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
