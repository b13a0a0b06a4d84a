import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane. The library's default is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

/** A password for people to copy: 120 random bits. */
export function newPassword(): string {
  return randomBytes(15).toString('base64url');
}

let nobody: Promise<string> | undefined;

/**
 * Takes as long for an account that does not exist (`stored` undefined) as for one that does, so that the time of
 * an answer does not tell which e-mail addresses have accounts.
 */
export async function isPassword(password: string, stored: string | undefined): Promise<boolean> {
  nobody ??= hashPassword(newPassword());
  const matches = await verify(stored ?? (await nobody), password);
  return matches && stored !== undefined;
}
