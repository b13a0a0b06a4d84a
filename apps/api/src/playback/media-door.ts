import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type Logger, wantedBytes, withoutSecrets } from '@app/platform';
import { refusalOf, toDomainError } from '../http/error.filter';
import type { MediaDoor } from '../http/media-first.adapter';
import { requestIdOf } from '../http/request-log';
import { isConnectionError } from './connection-error';
import type { LiveMedia } from './live-media';
import { type MediaAnswer, NotHoldable, passedOn } from './media-answer';
import { type MediaRequest, readMediaRequest } from './media-request';
import type { Share } from './shared-answers';

export interface MediaDoorOptions {
  media: LiveMedia;
  /** Told once per request, at its end. */
  answered: (request: IncomingMessage, response: ServerResponse, startedMs: number) => void;
  logger: Logger;
  /** Viewers come over HTTPS. */
  https: boolean;
}

/** One viewer's request. `always` are headers that every answer to it carries. */
interface Visit {
  asked: MediaRequest;
  response: ServerResponse;
  requestId: string;
  always: readonly string[];
  /** Called when the answer is over or the viewer has gone. */
  atEnd: () => void;
}

/** Live media for everybody, with any site's player: answered straight from node:http, without a framework around. */
export function mediaDoor(options: MediaDoorOptions): MediaDoor {
  const { media, logger } = options;
  const common = ['Access-Control-Allow-Origin', '*', 'X-Content-Type-Options', 'nosniff'];
  if (options.https) common.push('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');

  return (request, response) => {
    const asked = readMediaRequest(request);
    if (!asked) return false;
    const startedMs = performance.now();
    const requestId = requestIdOf(request.headers['x-request-id']);
    const nothing = (): void => undefined;
    const visit: Visit = { asked, response, requestId, always: [...common, 'X-Request-Id', requestId], atEnd: nothing };
    response.on('close', () => {
      visit.atEnd();
      options.answered(request, response, startedMs);
      if (response.statusCode < 500) return;
      const req = { id: requestId, method: request.method, url: withoutSecrets(request.url ?? '') };
      logger.warn({ req, res: { statusCode: response.statusCode } }, 'request completed');
    });
    const fail = (error: unknown): void => refuse(visit, error, logger);
    try {
      answer(media, visit)?.catch(fail);
    } catch (error) {
      fail(error);
    }
    return true;
  };
}

/** What is held is sent at once; only what is not takes a promise. */
function answer(media: LiveMedia, visit: Visit): Promise<void> | undefined {
  if (!media.holds) return stream(media, visit);
  const share = media.take(visit.asked);
  visit.atEnd = () => share.release();
  if (share.value === undefined) return answerLater(media, visit, share);
  send(visit, share.value, share.ageMs);
  return undefined;
}

async function answerLater(media: LiveMedia, visit: Visit, share: Share<MediaAnswer>): Promise<void> {
  try {
    const whole = await share.whole;
    if (!visit.response.destroyed) send(visit, whole, 0);
  } catch (error) {
    if (visit.response.destroyed) return;
    if (!(error instanceof NotHoldable)) throw error;
    share.release();
    await stream(media, visit);
  }
}

function send({ asked, response, always }: Visit, { headers, body }: MediaAnswer, ageMs: number): void {
  const all = [...always, ...headers];
  if (ageMs >= 1000) all.push('Age', String(Math.floor(ageMs / 1000)));
  const wanted = wantedBytes(asked.range, body.length);
  if (wanted.kind === 'unsatisfiable') return refuseRange(response, all, `bytes */${body.length}`);
  const part = wanted.kind === 'part' ? body.subarray(wanted.start, wanted.end + 1) : body;
  if (wanted.kind === 'part') all.push('Content-Range', `bytes ${wanted.start}-${wanted.end}/${body.length}`);
  all.push('Content-Length', String(part.length));
  response.writeHead(wanted.kind === 'part' ? 206 : 200, all);
  response.end(asked.isHead ? undefined : part);
}

/** What cannot be held goes through as it comes. */
async function stream(media: LiveMedia, visit: Visit): Promise<void> {
  const { asked, response, always } = visit;
  const gone = new AbortController();
  visit.atEnd = () => gone.abort();
  try {
    const answer = await media.stream(asked, gone.signal);
    const { statusCode = 502, headers } = answer;
    const all = [...always, ...passedOn(answer)];
    const range = headers['content-range'];
    if (statusCode === 416) return refuseRange(response, all, range ?? 'bytes */*', answer);
    if (range !== undefined) all.push('Content-Range', range);
    if (headers['content-length'] !== undefined) all.push('Content-Length', headers['content-length']);
    response.writeHead(statusCode, all);
    await pipeline(answer, response);
  } catch (error) {
    // The viewer left, or the owner ended in the middle: the connection is broken either way, which says that it is not whole.
    if (response.destroyed || (response.headersSent && isConnectionError(error))) response.destroy();
    else throw error;
  }
}

function refuseRange(response: ServerResponse, headers: string[], contentRange: string, answer?: IncomingMessage): void {
  answer?.resume();
  response.writeHead(416, [...headers, 'Content-Range', contentRange, 'Content-Length', '0']);
  response.end();
}

function refuse({ asked, response, requestId, always }: Visit, error: unknown, logger: Logger): void {
  const known = toDomainError(error);
  if (known.code === 'internal.error') logger.error({ err: error, requestId }, 'a request failed');
  if (response.headersSent) return void response.destroy();
  const { status, body, retryAfter } = refusalOf(known, requestId);
  const bytes = Buffer.from(JSON.stringify(body));
  const headers = ['Content-Type', 'application/json; charset=utf-8', 'Cache-Control', 'no-store'];
  headers.push('Content-Length', String(bytes.length));
  if (retryAfter !== undefined) headers.push('Retry-After', String(retryAfter));
  response.writeHead(status, [...always, ...headers]);
  response.end(asked.isHead ? undefined : bytes);
}
