import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { wantedBytes } from '@app/platform';
import type { MediaBody } from '@app/streams';

export const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Bodies that are asked for, in one piece each: a write of many pieces costs more than the copy. Gone with what they are of. */
const joined = new WeakMap<MediaBody, Buffer>();

/**
 * One whole answer. Names and values in turn: Node writes such a list as it is, and nothing may be set on the response before.
 * Media and lists are public to every site.
 */
export function send(
  response: ServerResponse,
  status: number,
  headers: readonly string[],
  body: Buffer | undefined,
  length = body?.length ?? 0,
): void {
  writeHead(response, status, headers, length);
  response.end(body);
}

function writeHead(response: ServerResponse, status: number, headers: readonly string[], length: number): void {
  response.writeHead(status, ['Access-Control-Allow-Origin', '*', 'Content-Length', String(length), ...headers]);
}

/** A JSON refusal; `code` is one of the contract's error codes, or `not-here`: another packager owns the camera. */
export function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  more: { retryAfterSeconds?: number; details?: unknown; headers?: readonly string[] } = {},
): void {
  const headers = ['Content-Type', 'application/json; charset=utf-8', ...(more.headers ?? [])];
  headers.push('Cache-Control', status === 404 ? 'public, max-age=1' : 'no-store');
  if (more.retryAfterSeconds !== undefined) headers.push('Retry-After', String(more.retryAfterSeconds));
  send(response, status, headers, Buffer.from(JSON.stringify({ code, details: more.details })));
}

/** Media bytes from memory or disk, whole or one range of them. */
export function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  body: MediaBody,
  options: { contentType: string; mediaDirectory: string },
): Promise<void> | void {
  const length = body.kind === 'memory' ? body.byteLength : body.length;
  const wanted = wantedBytes(request.headers.range, length);
  if (wanted.kind === 'unsatisfiable') {
    return refuse(response, 416, 'request.invalid', { headers: ['Content-Range', `bytes */${length}`] });
  }
  const { start, end } = wanted.kind === 'part' ? wanted : { start: 0, end: length - 1 };
  const headers = ['Content-Type', options.contentType, 'Cache-Control', IMMUTABLE, 'Accept-Ranges', 'bytes'];
  if (wanted.kind === 'part') headers.push('Content-Range', `bytes ${start}-${end}/${length}`);
  const status = wanted.kind === 'part' ? 206 : 200;
  const isHead = request.method === 'HEAD';
  if (body.kind === 'memory') {
    return send(response, status, headers, isHead ? undefined : inOnePiece(body).subarray(start, end + 1), end - start + 1);
  }
  const file = { path: join(options.mediaDirectory, body.file), start: body.offset + start, end: body.offset + end };
  return sendFile(response, file, { status, headers, isHead });
}

/** A chunk file of this machine, for readers on others; of one that is being written, what there is of it. */
export async function sendChunk(
  request: IncomingMessage,
  response: ServerResponse,
  file: string,
  mediaDirectory: string,
): Promise<void> {
  let length: number;
  try {
    length = (await stat(join(mediaDirectory, file))).size;
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return refuse(response, 404, 'media.not-found');
  }
  await sendBody(
    request,
    response,
    { kind: 'file', file, offset: 0, length },
    { contentType: 'video/iso.segment', mediaDirectory },
  );
}

async function sendFile(
  response: ServerResponse,
  file: { path: string; start: number; end: number },
  { status, headers, isHead }: { status: number; headers: readonly string[]; isHead: boolean },
): Promise<void> {
  const stream = createReadStream(file.path, { start: file.start, end: file.end });
  try {
    await new Promise<void>((resolve, reject) => stream.once('open', () => resolve()).once('error', reject));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return refuse(response, 404, 'media.not-found');
  }
  if (isHead) {
    stream.destroy();
    return send(response, status, headers, undefined, file.end - file.start + 1);
  }
  writeHead(response, status, headers, file.end - file.start + 1);
  await pipeline(stream, response);
}

function inOnePiece(body: Extract<MediaBody, { kind: 'memory' }>): Buffer {
  if (body.chunks.length === 1) return body.chunks[0] as Buffer;
  let whole = joined.get(body);
  if (!whole) joined.set(body, (whole = Buffer.concat(body.chunks, body.byteLength)));
  return whole;
}
