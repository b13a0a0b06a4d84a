import { createHash, randomBytes } from 'node:crypto';

/** What a pushed camera proves itself with: 192 random bits in letters that survive every camera's form. */
export function newStreamKey(): string {
  return randomBytes(24).toString('hex');
}

/** What is kept of a stream key. The key is random and long, so a plain hash cannot be guessed back. */
export function streamKeyHash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
