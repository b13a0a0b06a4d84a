import type { CameraSourceView } from '@app/contracts';
import { type PulledKind, refuse, splitAddress } from './source-address';
import { checkSrt } from './srt-source';

/** Where a camera's media comes from. `url` holds its credentials: it is stored encrypted and never leaves the server. */
export type CameraSource = { kind: 'push-rtmp' } | { kind: PulledKind; url: string };

export const PUSH_RTMP = 'push:rtmp';

/**
 * Reads a source that an operator typed. What is allowed is listed; everything else is refused, because the text ends
 * up with ffmpeg, which would also read files, other protocols and lists of addresses.
 * @throws DomainError `camera.source-not-allowed`, naming the rule and never repeating the source
 */
export function parseSource(text: string): CameraSource {
  if (text === PUSH_RTMP) return { kind: 'push-rtmp' };
  const address = splitAddress(text);
  if (address.scheme === 'srt') checkSrt(address);
  else if ([...address.query.keys()].some((name) => /listen/i.test(name)))
    refuse('a camera is called, not listened for: leave out the listen parameter');
  return { kind: address.scheme, url: text };
}

/** What staff may see of a source: scheme, host, port and path without anything that could be a secret. */
export function viewOf(source: CameraSource): CameraSourceView {
  if (source.kind === 'push-rtmp') return { kind: source.kind, display: PUSH_RTMP, hasCredentials: true };
  const { scheme, userInfo, host, port, path, query } = splitAddress(source.url);
  const shownPath = scheme === 'rtmp' ? withoutLast(path) : withoutValues(path);
  const secretInQuery = [...query.keys()].some((name) => SECRET_NAME.test(name));
  return {
    kind: scheme,
    display: `${scheme}://${host}${port === undefined ? '' : `:${port}`}${shownPath}`,
    hasCredentials: userInfo !== undefined || secretInQuery || shownPath !== path,
  };
}

const SECRET_NAME = /user|login|pass|pwd|token|key|auth|secret|streamid|sign/i;

/** Some cameras want user and password in the path: `/user=admin&password=1234&channel=1`. */
function withoutValues(path: string): string {
  return path.replace(/([^/&;=]*)=([^/&;]*)/g, (pair, name: string) => (SECRET_NAME.test(name) ? `${name}=***` : pair));
}

/** The last part of an RTMP address is often the very key that would let its reader publish there. */
function withoutLast(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 || slash === path.length - 1 ? path : `${path.slice(0, slash + 1)}***`;
}
