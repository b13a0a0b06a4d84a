import { createHash, randomInt } from 'node:crypto';

export const RECOVERY_CODES = 10;
/** Without letters and digits that people take for each other. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUP = 5;

/** Ten codes of 49 random bits each, in two groups: `k7xmp-2dqrt`. */
export function newRecoveryCodes(): string[] {
  const group = (): string => Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: RECOVERY_CODES }, () => `${group()}-${group()}`);
}

/** What is stored of a code, however it is typed. A code has too many bits to be found from its hash by guessing online. */
export function recoveryCodeHash(userId: string, code: string): Buffer {
  const typed = code.toLowerCase().replace(/[^a-z0-9]/g, '');
  return createHash('sha256').update(`${userId} ${typed}`).digest();
}
