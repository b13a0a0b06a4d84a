import { DomainError } from '@app/platform';

export type PulledKind = 'rtsp' | 'rtsps' | 'srt' | 'rtmp';

const MAX_LENGTH = 2048;

/** The parts of an address as ffmpeg splits it: everything after the last `@` before the path is the host. */
export interface Address {
  scheme: PulledKind;
  userInfo: string | undefined;
  host: string;
  port: number | undefined;
  path: string;
  query: URLSearchParams;
}

const SPLIT = /^([a-z]+):\/\/([^/?]*)([^?]*)(?:\?(.*))?$/i;
const AUTHORITY = /^(?:([^@]*)@)?(\[[0-9a-f:.]+\]|[^:[\]@]*)(?::(.*))?$/i;
const HOST = /^(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*\.?$/i;
const SCHEMES = new Set<string>(['rtsp', 'rtsps', 'srt', 'rtmp']);

export function splitAddress(text: string): Address {
  if (text.length > MAX_LENGTH) refuse(`is longer than ${MAX_LENGTH} characters`);
  if (!/^[\x21-\x7e]*$/.test(text)) refuse('holds a space, a control character or a letter outside ASCII; percent-encode it');
  if (/[\\#"<>`]/.test(text)) refuse('holds one of \\ # " < > `; percent-encode it');
  const [, scheme = '', authority = '', path = '', query = ''] = SPLIT.exec(text) ?? [];
  if (!SCHEMES.has(scheme.toLowerCase())) refuse('starts with rtsp://, rtsps://, srt:// or rtmp://, or is push:rtmp');
  const [matched, userInfo, host = '', port] = AUTHORITY.exec(authority) ?? [];
  if (matched === undefined) refuse('has an address that cannot be read: user, password and host are written user:password@host');
  if (host === '') refuse('names no host');
  if (!host.startsWith('[') && !HOST.test(host)) refuse('has a host that is neither a name nor an address');
  return {
    scheme: scheme.toLowerCase() as PulledKind,
    userInfo,
    host,
    port: port === undefined ? undefined : portOf(port),
    path,
    query: new URLSearchParams(query),
  };
}

export function refuse(rule: string): never {
  throw new DomainError('camera.source-not-allowed', `The source ${rule}.`, [{ field: 'source', rule }]);
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) refuse('has a port that is not a number from 1 to 65535');
  return port;
}
