import { Agent, get, type IncomingHttpHeaders } from 'node:http';
import { createAccount, newTotpSecret, setSecondFactor } from '@app/access';
import type { Config } from '@app/config';
import type { Db } from '@app/database';
import { loadSecretKey, SecretBox } from '@app/platform';
import { ApiClient } from '@app/testing';

const ACCOUNT = { email: 'bench@example.org', password: 'correct horse battery staple' };
const agent = new Agent({ keepAlive: true });

/**
 * As a browser asks, without its work on what comes: that is done by the same process here, and is not the server's.
 * @returns how many bytes came. @throws on a status that is not fine
 */
export async function received(address: string, headers: IncomingHttpHeaders = {}, fine = [200]): Promise<number> {
  return await new Promise((resolve, reject) => {
    const request = get(address, { agent, headers: { 'accept-encoding': 'gzip', ...headers } }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length));
      answer.on('error', reject);
      answer.on('end', () =>
        fine.includes(answer.statusCode ?? 0) ? resolve(bytes) : reject(new Error(`${answer.statusCode} for ${address}`)),
      );
    });
    request.on('error', reject);
  });
}

/** @returns the cookie of somebody who may take clips */
export async function signIn(db: Db, config: Config, url: string): Promise<string> {
  const id = await createAccount(db, { ...ACCOUNT, name: 'Bench', role: 'reviewer' });
  if (id === undefined) throw new Error(`there is an account ${ACCOUNT.email} already`);
  const totpSecret = newTotpSecret();
  await setSecondFactor(db, new SecretBox(await loadSecretKey(config)), id, totpSecret);
  const client = new ApiClient(url);
  await client.signIn({ ...ACCOUNT, totpSecret });
  return client.cookieHeader;
}
