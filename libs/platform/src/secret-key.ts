import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecretFile } from './secret-file';

/**
 * The 256-bit key that camera credentials and second factors are stored under: from the environment, or from `secret.key` in the data
 * folder, which the first process that needs it makes. Rejects a file that is not a key rather than making a new one:
 * whatever the old key sealed would be lost.
 */
export async function loadSecretKey({
  secretKey,
  dataDirectory,
}: {
  secretKey: string | undefined;
  dataDirectory: string;
}): Promise<Buffer> {
  if (secretKey) return Buffer.from(secretKey, 'hex');
  const path = join(dataDirectory, 'secret.key');
  const existing = await readIfThere(path);
  if (existing === undefined) await createSecretFile(path, `${randomBytes(32).toString('hex')}\n`);
  const text = (existing ?? (await readFile(path, 'utf8'))).trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new Error(`${path} is not a key: it holds 64 hexadecimal digits`);
  return Buffer.from(text, 'hex');
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
