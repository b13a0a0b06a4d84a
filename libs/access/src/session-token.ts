import { createHash, randomBytes } from 'node:crypto';
import { parse, serialize } from 'cookie';

export const SESSION_HOURS = 12;

/** A new secret for a browser to hold: 256 random bits. */
export function newSessionToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a token: a reader of the table cannot sign in with it. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** `__Host-` makes browsers refuse the cookie unless it came over HTTPS from exactly this host. */
export function sessionCookieName(secure: boolean): string {
  return secure ? '__Host-session' : 'session';
}

export function tokenIn(cookieHeader: string | undefined, secure: boolean): string | undefined {
  if (!cookieHeader) return undefined;
  return parse(cookieHeader)[sessionCookieName(secure)];
}

/** `Set-Cookie` that hands over `token`, or takes the cookie back when there is none. */
export function sessionCookie(token: string | undefined, secure: boolean): string {
  return serialize(sessionCookieName(secure), token ?? '', {
    httpOnly: true,
    secure,
    sameSite: 'lax',
    path: '/',
    maxAge: token === undefined ? 0 : SESSION_HOURS * 3600,
  });
}
