import type { IncomingMessage } from 'node:http';
import { readMediaPath } from '@app/streams';

/** A request for live media: what is asked of an origin, the same text for all who may share its answer. */
export interface MediaRequest {
  readonly cameraId: string;
  /** Path, and what of the query an origin looks at. */
  readonly path: string;
  /** Lists are compressed for who can read that; media never are. */
  readonly zipped: boolean;
  /** Equal for equal answers. */
  readonly key: string;
  /** Range is heard for media only. */
  readonly range: string | undefined;
  readonly isHead: boolean;
}

/** The first part of addresses that may be media; everything else is told apart by this alone. */
const ROOT = '/hls/';
const QUERY: Record<string, RegExp> = { playlist: /^_HLS_/, still: /^at=/ };

/** A picture of this moment is the packager's to make: its row in the index may be on its way. */
const NOW_MS = 30_000;

/** Undefined: no request for live media, somebody else's to answer. */
export function readMediaRequest({ method, url = '', headers }: IncomingMessage, nowMs: number): MediaRequest | undefined {
  if (!url.startsWith(ROOT) || (method !== 'GET' && method !== 'HEAD')) return undefined;
  const mark = url.indexOf('?');
  const address = mark < 0 ? url : url.slice(0, mark);
  const media = readMediaPath(address);
  if (!media || (media.kind === 'still' && mark >= 0 && !isOfNow(url.slice(mark + 1), nowMs))) return undefined;
  const path = mark < 0 ? address : address + lookedAt(url.slice(mark + 1), QUERY[media.kind]);
  const zipped = media.kind === 'playlist' && /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
  const range = media.kind === 'playlist' || media.kind === 'still' ? undefined : headers.range;
  return { cameraId: media.cameraId, path, zipped, key: zipped ? `gzip ${path}` : path, range, isHead: method === 'HEAD' };
}

/** A still without a time is of now; one with another time, or something that is none, is looked up in the record. */
function isOfNow(query: string, nowMs: number): boolean {
  const at = new URLSearchParams(query).get('at');
  return at === null || Math.abs(Date.parse(at) - nowMs) < NOW_MS;
}

/** What else stands in a query must not make one answer into many. */
function lookedAt(query: string, wanted: RegExp | undefined): string {
  const kept = wanted ? query.split('&').filter((each) => wanted.test(each)) : [];
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}
