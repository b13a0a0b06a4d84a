/**
 * Basic and Digest authentication of requests (RFC 7617; RFC 7616 with MD5 and SHA-256, `qop` auth or, as RFC 2069, none).
 */
import { createHash, randomBytes } from 'node:crypto';
import type { Credentials } from './address';

interface Challenge {
  readonly scheme: 'basic' | 'digest';
  readonly fields: ReadonlyMap<string, string>;
}

const HASHES: Readonly<Record<string, string>> = { md5: 'md5', 'md5-sess': 'md5', 'sha-256': 'sha256', 'sha-256-sess': 'sha256' };

/** Answers the challenges of one server. */
export class Authorization {
  private challenge: Challenge | undefined;
  private uses = 0;

  constructor(private readonly credentials: Credentials | undefined) {}

  get hasCredentials(): boolean {
    return this.credentials !== undefined;
  }

  /** @param headers the `WWW-Authenticate` lines of an answer. @returns whether one of them can be answered. */
  take(headers: readonly string[]): boolean {
    if (!this.credentials) return false;
    const challenges = headers.flatMap(challengesOf);
    this.challenge = challenges.find(isKnownDigest) ?? challenges.find(({ scheme }) => scheme === 'basic');
    this.uses = 0;
    return this.challenge !== undefined;
  }

  /** The `Authorization` of a request; undefined while nobody asked for it. */
  header(method: string, uri: string): string | undefined {
    if (!this.credentials || !this.challenge) return undefined;
    if (this.challenge.scheme === 'digest') return this.digest(this.challenge.fields, this.credentials, method, uri);
    const { username, password } = this.credentials;
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }

  private digest(fields: Challenge['fields'], credentials: Credentials, method: string, uri: string): string {
    const { username, password } = credentials;
    const [realm, nonce, algorithm] = [fields.get('realm') ?? '', fields.get('nonce') ?? '', fields.get('algorithm')];
    const hash = (text: string): string =>
      createHash(HASHES[algorithm?.toLowerCase() ?? 'md5'] ?? 'md5')
        .update(text)
        .digest('hex');
    const cnonce = randomBytes(8).toString('hex');
    this.uses += 1;
    const count = this.uses.toString(16).padStart(8, '0');
    const identity = hash(`${username}:${realm}:${password}`);
    const secret = algorithm && /-sess$/i.test(algorithm) ? hash(`${identity}:${nonce}:${cnonce}`) : identity;
    const request = hash(`${method}:${uri}`);
    const qop = fields.has('qop');
    const response = hash(qop ? `${secret}:${nonce}:${count}:${cnonce}:auth:${request}` : `${secret}:${nonce}:${request}`);
    const parts = [`username="${username.replace(/["\\]/g, '\\$&')}"`, `realm="${realm}"`, `nonce="${nonce}"`, `uri="${uri}"`];
    parts.push(`response="${response}"`);
    if (algorithm !== undefined) parts.push(`algorithm=${algorithm}`);
    if (fields.has('opaque')) parts.push(`opaque="${fields.get('opaque')}"`);
    if (qop) parts.push('qop=auth', `nc=${count}`, `cnonce="${cnonce}"`);
    return `Digest ${parts.join(', ')}`;
  }
}

/** One header may hold several challenges. */
function challengesOf(header: string): Challenge[] {
  return header.split(/(?:^|,)\s*(?=(?:Basic|Digest)\b)/i).flatMap((text) => {
    const [, scheme, rest = ''] = /^\s*(Basic|Digest)\b(.*)$/is.exec(text) ?? [];
    if (scheme === undefined) return [];
    const pairs = [...rest.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)];
    const fields = new Map(pairs.map(([, name = '', quoted, plain]) => [name.toLowerCase(), quoted ?? plain ?? '']));
    return [{ scheme: scheme.toLowerCase() as Challenge['scheme'], fields }];
  });
}

function isKnownDigest({ scheme, fields }: Challenge): boolean {
  const qop = fields.get('qop');
  const isKnown = (fields.get('algorithm')?.toLowerCase() ?? 'md5') in HASHES;
  return scheme === 'digest' && isKnown && (qop === undefined || /\bauth\b(?!-)/i.test(qop));
}
