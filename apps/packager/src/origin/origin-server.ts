import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse as parseQuery, type ParsedUrlQuery } from 'node:querystring';
import type { Logger } from '@app/platform';
import { readChunkPath } from '@app/storage';
import {
  type CameraPackaging,
  type CameraStream,
  type MediaBody,
  type MediaPath,
  type Packagings,
  readMediaPath,
} from '@app/streams';
import { IMMUTABLE, refuse, send, sendBody, sendChunk } from './answers';
import { HeldRequests } from './held-requests';
import { PlaylistAnswers } from './playlist-answers';
import type { PackagerMetrics } from './packager-metrics';
import type { StillMaker } from './still-maker';

/** Longer than any proxy in front keeps an idle connection, so that it is never we who close it under a request. */
const KEEP_ALIVE_MS = 75_000;
const STILL_SECONDS = 5;

type Found = ReturnType<CameraStream['window']['segment']>;

/** The live origin of one packager: lists, media and stills of the cameras it owns. Plain HTTP for the api and our own jobs. */
export class OriginServer {
  private readonly server: Server;
  private readonly playlists = new PlaylistAnswers();
  private readonly held = new HeldRequests<Found>();

  constructor(
    private readonly packagings: Packagings,
    private readonly stills: StillMaker,
    private readonly metrics: PackagerMetrics,
    private readonly mediaDirectory: string,
    private readonly logger: Logger,
  ) {
    this.server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => void this.answer(request, response));
  }

  /** @returns the port it listens on. */
  async listen(host: string, port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => this.server.once('error', reject).listen(port, host, resolve));
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const later = this.route(request, response);
      if (later) await later;
    } catch (error) {
      if (isClientGone(error)) return;
      this.logger.error({ err: error }, 'the live origin failed to answer');
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'internal.error');
    }
  }

  /** What is there is sent at once; only what is not takes a promise. */
  private route(request: IncomingMessage, response: ServerResponse): Promise<void> | void {
    const [rawPath = '', query = ''] = (request.url ?? '').split('?', 2);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 404, 'route.not-found');
    if (rawPath === '/metrics') return this.metrics.send(response);
    const chunk = readChunkPath(rawPath);
    if (chunk !== undefined) return sendChunk(request, response, chunk, this.mediaDirectory);
    const path = readMediaPath(rawPath);
    if (!path) return refuse(response, 404, 'media.not-found');
    const camera = this.packagings.get(path.cameraId);
    if (camera?.lease.state !== 'held' || !camera.isRestored) return refuse(response, 421, 'not-here', { retryAfterSeconds: 1 });
    if (!camera.stream) return this.refuseNotLive(response, camera);
    return this.serve(request, response, { camera, stream: camera.stream, path, query: parseQuery(query) });
  }

  private serve(
    request: IncomingMessage,
    response: ServerResponse,
    { camera, stream, path, query }: { camera: CameraPackaging; stream: CameraStream; path: MediaPath; query: ParsedUrlQuery },
  ): Promise<void> | void {
    switch (path.kind) {
      case 'playlist':
        return this.playlists.send(request, response, stream, query);
      case 'still':
        return this.sendStill(request, response, camera, stream, [query.at].flat()[0]);
      case 'init':
        return this.sendFound(request, response, stream.window.init(path.runId), 'video/mp4');
      case 'segment':
        return this.sendWhenThere(request, response, stream, `seg/${path.mediaSequence}`, () =>
          stream.window.segment(path.mediaSequence),
        );
      case 'part':
        return this.sendWhenThere(request, response, stream, `part/${path.mediaSequence}.${path.index}`, () =>
          stream.window.part(path.mediaSequence, path.index),
        );
    }
  }

  /** A hinted part may be asked for before it is there: the request is held until it is. */
  private sendWhenThere(
    request: IncomingMessage,
    response: ServerResponse,
    stream: CameraStream,
    name: string,
    find: () => Found,
  ): Promise<void> | void {
    const answer = this.held.answer(stream, name, 3_000 * stream.targetDuration, () => {
      const now = find();
      return now.kind === 'next' ? undefined : now;
    });
    const finish = (found: Found | undefined): Promise<void> | void => {
      if (response.destroyed) return;
      if (stream.lease.state !== 'held') return refuse(response, 421, 'not-here', { retryAfterSeconds: 1 });
      return this.sendFound(request, response, found?.kind === 'body' ? found.body : undefined, 'video/iso.segment');
    };
    return answer instanceof Promise ? answer.then(finish) : finish(answer);
  }

  private sendFound(
    request: IncomingMessage,
    response: ServerResponse,
    body: MediaBody | undefined,
    contentType: string,
  ): Promise<void> | void {
    if (!body) return refuse(response, 404, 'media.not-found');
    return sendBody(request, response, body, { contentType, mediaDirectory: this.mediaDirectory });
  }

  private async sendStill(
    request: IncomingMessage,
    response: ServerResponse,
    camera: CameraPackaging,
    stream: CameraStream,
    at: string | undefined,
  ): Promise<void> {
    const atMs = at === undefined ? undefined : Date.parse(at);
    if (atMs !== undefined && Number.isNaN(atMs)) return refuse(response, 400, 'request.malformed');
    const still = await this.stills.still(camera.cameraId, stream, atMs);
    if (!still) return refuse(response, 404, 'media.not-found');
    const cache = ['Cache-Control', atMs === undefined ? `public, max-age=${STILL_SECONDS}` : IMMUTABLE];
    const headers = ['Content-Type', 'image/jpeg', ...cache, 'X-Frame-Time', new Date(still.atMs).toISOString()];
    send(response, 200, headers, request.method === 'HEAD' ? undefined : still.jpeg, still.jpeg.length);
  }

  private refuseNotLive(response: ServerResponse, camera: CameraPackaging): void {
    refuse(response, 503, 'stream.not-live', { retryAfterSeconds: 1, details: camera.status });
  }
}

function isClientGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_DESTROYED'].includes(code);
}
