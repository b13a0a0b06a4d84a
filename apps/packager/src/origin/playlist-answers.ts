import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ParsedUrlQuery } from 'node:querystring';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Directives, parseDirectives, type PlaylistAnswer } from '@app/hls';
import type { CameraStream } from '@app/streams';
import { refuse, send } from './answers';
import { HeldRequests } from './held-requests';

const zip = promisify(gzip);
const PLAYLIST = ['Content-Type', 'application/vnd.apple.mpegurl', 'Vary', 'Accept-Encoding'];

type ReadyList = Extract<PlaylistAnswer, { kind: 'ready' }>;
type Answered = Exclude<PlaylistAnswer, { kind: 'wait' }>;

/** Answers for live lists: holds blocked requests, and encodes each version of a list once however many ask for it. */
export class PlaylistAnswers {
  private readonly held = new HeldRequests<Answered>();
  private readonly plain = new WeakMap<ReadyList, Buffer>();
  private readonly zipped = new WeakMap<ReadyList, Promise<Buffer>>();

  async send(request: IncomingMessage, response: ServerResponse, stream: CameraStream, query: ParsedUrlQuery): Promise<void> {
    const parsed = parseDirectives(query);
    if (parsed.kind === 'invalid') return refuse(response, 400, 'playlist.directive-invalid', { details: { rule: parsed.rule } });
    const { directives } = parsed;
    const answer = await this.held.answer(stream, nameOf(directives), 3_000 * stream.targetDuration, () => {
      const playlist = stream.window.playlist(directives);
      return playlist.kind === 'wait' ? undefined : playlist;
    });
    if (response.destroyed) return;
    if (stream.lease.state !== 'held') return refuse(response, 421, 'not-here', { retryAfterSeconds: 1 });
    if (!answer) return refuse(response, 503, 'stream.not-live', { retryAfterSeconds: 1 });
    if (answer.kind === 'invalid') return refuse(response, 400, 'playlist.directive-invalid', { details: { rule: answer.rule } });
    await this.sendList(request, response, answer, cacheSeconds(directives, stream.targetDuration));
  }

  private async sendList(request: IncomingMessage, response: ServerResponse, list: ReadyList, maxAge: number): Promise<void> {
    const wantsZip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    const body = wantsZip ? await this.zip(list) : this.bytes(list);
    const headers = [...PLAYLIST, 'Cache-Control', `public, max-age=${maxAge}`];
    if (wantsZip) headers.push('Content-Encoding', 'gzip');
    send(response, 200, headers, request.method === 'HEAD' ? undefined : body, body.length);
  }

  private bytes(list: ReadyList): Buffer {
    const known = this.plain.get(list) ?? Buffer.from(list.text);
    this.plain.set(list, known);
    return known;
  }

  private zip(list: ReadyList): Promise<Buffer> {
    const known = this.zipped.get(list) ?? zip(list.text, { level: 4 });
    this.zipped.set(list, known);
    return known;
  }
}

const nameOf = ({ mediaSequence, part, skip }: Directives): string => `${mediaSequence}.${part}.${skip}`;

/** A blocked answer never changes its meaning: it holds at least what was asked for. The plain list is old after a moment. */
const cacheSeconds = ({ mediaSequence }: Directives, targetDuration: number): number =>
  mediaSequence === undefined ? 1 : 6 * targetDuration;
