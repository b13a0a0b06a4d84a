import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type Logger, type WantedBytes, wantedBytes, withoutSecrets } from '@app/platform';
import { logFailure, refusalOf, toDomainError } from '../http/error.filter';
import { requestIdOf } from '../http/request-log';
import { isConnectionError } from './connection-error';
import { passedOn } from './media-answer';

export interface VisitOptions {
  /** Told once per request, at its end. */
  answered: (request: IncomingMessage, response: ServerResponse, startedMs: number) => void;
  logger: Logger;
  /** Viewers come over HTTPS. */
  https: boolean;
}

/** One viewer's request for media, which is answered without a framework around. */
export interface Visit {
  readonly response: ServerResponse;
  readonly isHead: boolean;
  readonly requestId: string;
  /** Names and values of headers in turn, which every answer to it carries. */
  readonly always: readonly string[];
  /** Called when the answer is over or the viewer has gone. */
  atEnd: () => void;
}

/** Media are for everybody, with any site's player. */
export function commonHeaders({ https }: Pick<VisitOptions, 'https'>): string[] {
  const headers = ['Access-Control-Allow-Origin', '*', 'X-Content-Type-Options', 'nosniff'];
  return https ? [...headers, 'Strict-Transport-Security', 'max-age=31536000; includeSubDomains'] : headers;
}

/** @param common what `commonHeaders` gave */
export function openVisit(
  { answered, logger }: VisitOptions,
  common: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Visit {
  const startedMs = performance.now();
  const requestId = requestIdOf(request.headers['x-request-id']);
  const always = [...common, 'X-Request-Id', requestId];
  const visit: Visit = { response, isHead: request.method === 'HEAD', requestId, always, atEnd: () => undefined };
  response.on('close', () => {
    visit.atEnd();
    answered(request, response, startedMs);
    if (response.statusCode < 500) return;
    const req = { id: requestId, method: request.method, url: withoutSecrets(request.url ?? '') };
    logger.warn({ req, res: { statusCode: response.statusCode } }, 'request completed');
  });
  return visit;
}

/** The head of an answer with these bytes or a range of them. @returns which ones are to be sent; undefined: none, it is answered. */
export function writeHead(
  { response, isHead, always }: Visit,
  headers: readonly string[],
  size: number,
  range: string | undefined,
): { start: number; end: number } | undefined {
  const all = [...always, ...headers];
  const wanted: WantedBytes = wantedBytes(range, size);
  if (wanted.kind === 'unsatisfiable') {
    refuseRange(response, all, `bytes */${size}`);
    return undefined;
  }
  const { start, end } = wanted.kind === 'part' ? wanted : { start: 0, end: size - 1 };
  if (wanted.kind === 'part') all.push('Content-Range', `bytes ${start}-${end}/${size}`);
  all.push('Content-Length', String(end - start + 1));
  response.writeHead(wanted.kind === 'part' ? 206 : 200, all);
  if (!isHead) return { start, end };
  response.end();
  return undefined;
}

/** Passes on the answer of an origin as it comes. @throws what `ask` throws */
export async function relay(visit: Visit, ask: (signal: AbortSignal) => Promise<IncomingMessage>): Promise<void> {
  const { response, always } = visit;
  const gone = new AbortController();
  visit.atEnd = () => gone.abort();
  try {
    const answer = await ask(gone.signal);
    const { statusCode = 502, headers } = answer;
    const all = [...always, ...passedOn(answer)];
    const range = headers['content-range'];
    if (statusCode === 416) {
      answer.resume();
      return refuseRange(response, all, range ?? 'bytes */*');
    }
    if (range !== undefined) all.push('Content-Range', range);
    if (headers['content-length'] !== undefined) all.push('Content-Length', headers['content-length']);
    response.writeHead(statusCode, all);
    await pipeline(answer, response);
  } catch (error) {
    breakOff(response, error);
  }
}

/** The viewer left, or the source ended in the middle: the connection is broken either way, which says that it is not whole. */
export function breakOff(response: ServerResponse, error: unknown): void {
  if (response.destroyed || (response.headersSent && isConnectionError(error))) response.destroy();
  else throw error;
}

export function refuse({ isHead, response, requestId, always }: Visit, error: unknown, logger: Logger): void {
  const known = toDomainError(error);
  logFailure(logger, error, known, requestId);
  if (response.headersSent) return void response.destroy();
  const { status, body, retryAfter } = refusalOf(known, requestId);
  const bytes = Buffer.from(JSON.stringify(body));
  const headers = ['Content-Type', 'application/json; charset=utf-8', 'Cache-Control', 'no-store'];
  headers.push('Content-Length', String(bytes.length));
  if (retryAfter !== undefined) headers.push('Retry-After', String(retryAfter));
  response.writeHead(status, [...always, ...headers]);
  response.end(isHead ? undefined : bytes);
}

function refuseRange(response: ServerResponse, headers: readonly string[], contentRange: string): void {
  response.writeHead(416, [...headers, 'Content-Range', contentRange, 'Content-Length', '0']);
  response.end();
}
