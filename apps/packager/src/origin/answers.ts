import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { MediaBody } from '@app/streams';

export const IMMUTABLE = 'public, max-age=31536000, immutable';

/** A JSON refusal; `code` is one of the contract's error codes, or `not-here`: another packager owns the camera. */
export function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  more: { retryAfterSeconds?: number; details?: unknown } = {},
): void {
  const body = JSON.stringify({ code, details: more.details });
  if (more.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(more.retryAfterSeconds));
  response.setHeader('Cache-Control', status === 404 ? 'public, max-age=1' : 'no-store');
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** Media bytes from memory or disk, whole or one range of them. */
export async function sendBody(
  request: IncomingMessage,
  response: ServerResponse,
  body: MediaBody,
  options: { contentType: string; mediaDirectory: string },
): Promise<void> {
  const length = body.kind === 'memory' ? body.byteLength : body.length;
  const range = readRange(request.headers.range, length);
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${length}`);
    return refuse(response, 416, 'request.invalid');
  }
  const { start, end } = range ?? { start: 0, end: length - 1 };
  const headers: Record<string, string | number> = {
    'Content-Type': options.contentType,
    'Content-Length': end - start + 1,
    'Cache-Control': IMMUTABLE,
    'Accept-Ranges': 'bytes',
  };
  if (range) headers['Content-Range'] = `bytes ${start}-${end}/${length}`;
  if (body.kind === 'memory') {
    response.writeHead(range ? 206 : 200, headers);
    if (request.method !== 'HEAD') writeChunks(response, body.chunks, start, end);
    response.end();
    return;
  }
  await sendFile(
    request,
    response,
    { path: join(options.mediaDirectory, body.file), start: body.offset + start, end: body.offset + end },
    () => response.writeHead(range ? 206 : 200, headers),
  );
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: { path: string; start: number; end: number },
  writeHead: () => void,
): Promise<void> {
  const stream = createReadStream(file.path, { start: file.start, end: file.end });
  try {
    await new Promise<void>((resolve, reject) => stream.once('open', () => resolve()).once('error', reject));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return refuse(response, 404, 'media.not-found');
  }
  writeHead();
  if (request.method === 'HEAD') {
    stream.destroy();
    response.end();
    return;
  }
  await pipeline(stream, response);
}

function writeChunks(response: ServerResponse, chunks: readonly Buffer[], start: number, end: number): void {
  response.cork();
  let position = 0;
  for (const chunk of chunks) {
    const from = Math.max(start - position, 0);
    const to = Math.min(end + 1 - position, chunk.length);
    if (from < to) response.write(chunk.subarray(from, to));
    position += chunk.length;
  }
  response.uncork();
}

/** One range of bytes; anything else a Range header may ask for gets the whole. */
function readRange(header: string | undefined, length: number): { start: number; end: number } | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') return { start: Math.max(length - Number(last), 0), end: length - 1 };
  const start = Number(first);
  const end = last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (last !== '' && Number(last) < start) return undefined;
  return start >= length ? 'unsatisfiable' : { start, end };
}
