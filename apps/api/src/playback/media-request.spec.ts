import type { IncomingMessage } from 'node:http';
import { type MediaRequest, readMediaRequest } from './media-request';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const NOW = Date.parse('2026-11-22T08:00:10Z');
const read = (url: string, headers: Record<string, string> = {}, method = 'GET'): MediaRequest | undefined =>
  readMediaRequest({ method, url, headers } as unknown as IncomingMessage, NOW);

describe(readMediaRequest, () => {
  it.each([
    ['POST', `/hls/${ID}/live.m3u8`],
    ['GET', `/hls/${ID}/archive.m3u8?from=1`],
    ['GET', `/hls/${ID}/..%2fsecret.key`],
    ['GET', `/hls/${ID}/still.jpg?at=2026-11-22T07:59:40Z`],
    ['GET', `/hls/${ID}/still.jpg?x=1&at=2026-11-22T08:00:40Z`],
    ['GET', `/hls/${ID}/still.jpg?at=noon`],
    ['GET', '/api/v1/cameras'],
    ['GET', ''],
  ])('leaves %s %s to others', (method, url) => {
    expect(read(url, {}, method)).toBeUndefined();
  });

  it.each([
    [`/hls/${ID}/live.m3u8?_HLS_msn=5&_HLS_part=1&_HLS_skip=YES`, '?_HLS_msn=5&_HLS_part=1&_HLS_skip=YES'],
    [`/hls/${ID}/live.m3u8?x=1&_HLS_msn=5&y`, '?_HLS_msn=5'],
    [`/hls/${ID}/live.m3u8?x=1`, ''],
    [`/hls/${ID}/still.jpg?at=2026-11-22T08:00:00Z&x=1`, '?at=2026-11-22T08:00:00Z'],
    [`/hls/${ID}/still.jpg?x=1`, ''],
    [`/hls/${ID}/part/12.3.m4s?x=1`, ''],
  ])('asks for %s with the query %j', (url, query) => {
    expect(read(url)?.path).toBe(url.split('?')[0] + query);
  });

  it('keeps compressed and plain lists apart, and media together', () => {
    const gzip = { 'accept-encoding': 'br, gzip' };
    expect(read(`/hls/${ID}/live.m3u8`, gzip)?.key).not.toBe(read(`/hls/${ID}/live.m3u8`)?.key);
    expect(read(`/hls/${ID}/seg/1.m4s`, gzip)?.key).toBe(read(`/hls/${ID}/seg/1.m4s`)?.key);
  });

  it('shares one answer between HEAD, GET and ranges; a list has no ranges', () => {
    const range = { range: 'bytes=0-9' };
    const keys = [read(`/hls/${ID}/seg/1.m4s`), read(`/hls/${ID}/seg/1.m4s`, range), read(`/hls/${ID}/seg/1.m4s`, {}, 'HEAD')];
    expect(new Set(keys.map((each) => each?.key)).size).toBe(1);
    expect(read(`/hls/${ID}/live.m3u8`, range)?.range).toBeUndefined();
  });
});
