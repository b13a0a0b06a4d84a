import { StreamableFile } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DomainError, type FileStore, wantedBytes } from '@app/platform';

/** A file of the store and how a browser is to take it. */
export interface SentFile {
  /** In the store. */
  name: string;
  /** Names these very bytes for a cache. */
  etag: string;
  type: string;
  disposition: string;
  cacheControl: string;
}

/** Answers with a stored file, or the bytes of it that are asked for. */
export async function sendStored(
  store: FileStore,
  { name, etag, type, disposition, cacheControl }: SentFile,
  request: Request,
  response: Response,
): Promise<StreamableFile | void> {
  const size = await store.size(name);
  if (size === undefined) throw new Error(`${name} is on record, but not in the store`);
  const tag = `"${etag}"`;
  response.set({ 'Cache-Control': cacheControl, Vary: 'Cookie', ETag: tag, 'Accept-Ranges': 'bytes' });
  if (request.headers['if-none-match'] === tag) {
    response.status(304);
    return;
  }
  const ifRange = request.headers['if-range'];
  const wanted = wantedBytes(ifRange === undefined || ifRange === tag ? request.headers.range : undefined, size);
  if (wanted.kind === 'unsatisfiable') {
    response.set('Content-Range', `bytes */${size}`);
    throw new DomainError('media.range-not-satisfiable', `The file has ${size} bytes.`);
  }
  const range = wanted.kind === 'part' ? wanted : { start: 0, end: size - 1 };
  if (wanted.kind === 'part') response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
  return new StreamableFile(store.read(name, range), { type, length: range.end - range.start + 1, disposition });
}
