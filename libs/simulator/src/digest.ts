/** Digest access authentication as cameras use it: MD5, no qop (RFC 2617, 3.2.2; RFC 2326 takes it over). */
import { createHash, timingSafeEqual } from 'node:crypto';

export interface Credentials {
  username: string;
  password: string;
}

export const REALM = 'Pollglass camera';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

export function digestResponse(
  credentials: Credentials,
  request: { method: string; uri: string; realm: string; nonce: string },
): string {
  const who = md5(`${credentials.username}:${request.realm}:${credentials.password}`);
  return md5(`${who}:${request.nonce}:${md5(`${request.method}:${request.uri}`)}`);
}

export const digestChallenge = (nonce: string): string => `Digest realm="${REALM}", nonce="${nonce}"`;

/** Whether an `Authorization` header proves the credentials for this request and our own nonce. */
export function provesCredentials(header: string | undefined, credentials: Credentials, method: string, nonce: string): boolean {
  if (!header?.startsWith('Digest ')) return false;
  const given = Object.fromEntries(
    [...header.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,]+))/g)].map(([, name, quoted, plain]) => [name ?? '', quoted ?? plain ?? '']),
  );
  if (given.username !== credentials.username || given.nonce !== nonce || given.realm !== REALM) return false;
  const expected = Buffer.from(digestResponse(credentials, { method, uri: given.uri ?? '', realm: REALM, nonce }));
  const answer = Buffer.from(given.response ?? '');
  return answer.length === expected.length && timingSafeEqual(answer, expected);
}
