import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Directives, parseDirectives } from '@app/hls';
import type { CameraStream } from '@app/streams';
import { refuse } from './answers';
import { waitForAnswer } from './wait-for-change';

const zip = promisify(gzip);
const PLAYLIST = 'application/vnd.apple.mpegurl';

interface Packed {
  version: number;
  text: string;
  zipped: Promise<Buffer>;
}

/** Answers for live lists: holds blocked requests, and compresses each version of a list once however many ask for it. */
export class PlaylistAnswers {
  private readonly packed = new WeakMap<CameraStream, { whole?: Packed; delta?: Packed }>();

  async send(request: IncomingMessage, response: ServerResponse, stream: CameraStream, query: URLSearchParams): Promise<void> {
    const parsed = parseDirectives(toRecord(query));
    if (parsed.kind === 'invalid') return refuse(response, 400, 'playlist.directive-invalid', { details: { rule: parsed.rule } });
    const { directives } = parsed;
    const answer = await waitForAnswer(stream, response, 3_000 * stream.targetDuration, () => {
      const playlist = stream.window.playlist(directives);
      return playlist.kind === 'wait' ? undefined : playlist;
    });
    if (response.destroyed) return;
    if (stream.lease.state !== 'held') return refuse(response, 421, 'not-here', { retryAfterSeconds: 1 });
    if (!answer) return refuse(response, 503, 'stream.not-live', { retryAfterSeconds: 1 });
    if (answer.kind === 'invalid') return refuse(response, 400, 'playlist.directive-invalid', { details: { rule: answer.rule } });
    await this.sendText(request, response, this.pack(stream, answer), cacheSeconds(directives, stream.targetDuration));
  }

  private pack(stream: CameraStream, { text, version, delta }: { text: string; version: number; delta: boolean }): Packed {
    const known = this.packed.get(stream) ?? {};
    this.packed.set(stream, known);
    const slot = delta ? 'delta' : 'whole';
    const before = known[slot];
    if (before?.version === version) return before;
    let zipped: Promise<Buffer> | undefined;
    const packed: Packed = {
      version,
      text,
      get zipped() {
        return (zipped ??= zip(text, { level: 4 }));
      },
    };
    known[slot] = packed;
    return packed;
  }

  private async sendText(request: IncomingMessage, response: ServerResponse, packed: Packed, maxAge: number): Promise<void> {
    const wantsZip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    const body = wantsZip ? await packed.zipped : Buffer.from(packed.text);
    response.writeHead(200, {
      'Content-Type': PLAYLIST,
      'Content-Length': body.length,
      'Cache-Control': `public, max-age=${maxAge}`,
      Vary: 'Accept-Encoding',
      ...(wantsZip && { 'Content-Encoding': 'gzip' }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }
}

/** A blocked answer never changes its meaning: it holds at least what was asked for. The plain list is old after a moment. */
const cacheSeconds = ({ mediaSequence }: Directives, targetDuration: number): number =>
  mediaSequence === undefined ? 1 : 6 * targetDuration;

function toRecord(query: URLSearchParams): Record<string, string | string[]> {
  const record: Record<string, string | string[]> = {};
  for (const name of query.keys()) {
    const values = query.getAll(name);
    record[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return record;
}
