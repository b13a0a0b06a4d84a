import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '@app/platform';
import {
  type CameraPackaging,
  type CameraStream,
  type MediaBody,
  type MediaPath,
  type Packagings,
  readMediaPath,
} from '@app/streams';
import { IMMUTABLE, refuse, sendBody } from './answers';
import { PlaylistAnswers } from './playlist-answers';
import type { PackagerMetrics } from './packager-metrics';
import type { StillMaker } from './still-maker';
import { waitForAnswer } from './wait-for-change';

/** Longer than any proxy in front keeps an idle connection, so that it is never we who close it under a request. */
const KEEP_ALIVE_MS = 75_000;
const STILL_SECONDS = 5;

/** The live origin of one packager: lists, media and stills of the cameras it owns. Plain HTTP for the api and our own jobs. */
export class OriginServer {
  private readonly server: Server;
  private readonly playlists = new PlaylistAnswers();

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
    response.setHeader('Access-Control-Allow-Origin', '*');
    try {
      await this.route(request, response);
    } catch (error) {
      if (isClientGone(error)) return;
      this.logger.error({ err: error }, 'the live origin failed to answer');
      if (response.headersSent) response.destroy();
      else refuse(response, 500, 'internal.error');
    }
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [rawPath = '', query = ''] = (request.url ?? '').split('?', 2);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 404, 'route.not-found');
    if (rawPath === '/metrics') return await this.metrics.send(response);
    const path = readMediaPath(rawPath);
    if (!path) return refuse(response, 404, 'media.not-found');
    const camera = this.packagings.get(path.cameraId);
    if (camera?.lease.state !== 'held' || !camera.isRestored) return refuse(response, 421, 'not-here', { retryAfterSeconds: 1 });
    if (!camera.stream) return this.refuseNotLive(response, camera);
    await this.serve(request, response, { camera, stream: camera.stream, path, query: new URLSearchParams(query) });
  }

  private async serve(
    request: IncomingMessage,
    response: ServerResponse,
    { camera, stream, path, query }: { camera: CameraPackaging; stream: CameraStream; path: MediaPath; query: URLSearchParams },
  ): Promise<void> {
    switch (path.kind) {
      case 'playlist':
        return await this.playlists.send(request, response, stream, query);
      case 'still':
        return await this.sendStill(response, camera, stream, query.get('at'));
      case 'init':
        return await this.sendFound(request, response, stream.window.init(path.runId), 'video/mp4');
      case 'segment':
        return await this.sendWhenThere(request, response, stream, () => stream.window.segment(path.mediaSequence));
      case 'part':
        return await this.sendWhenThere(request, response, stream, () => stream.window.part(path.mediaSequence, path.index));
    }
  }

  /** A hinted part may be asked for before it is there: the request is held until it is. */
  private async sendWhenThere(
    request: IncomingMessage,
    response: ServerResponse,
    stream: CameraStream,
    find: () => ReturnType<CameraStream['window']['segment']>,
  ): Promise<void> {
    const found = await waitForAnswer(stream, response, 3_000 * stream.targetDuration, () => {
      const now = find();
      return now.kind === 'next' ? undefined : now;
    });
    if (response.destroyed) return;
    if (stream.lease.state !== 'held') return refuse(response, 421, 'not-here', { retryAfterSeconds: 1 });
    await this.sendFound(request, response, found?.kind === 'body' ? found.body : undefined, 'video/iso.segment');
  }

  private async sendFound(
    request: IncomingMessage,
    response: ServerResponse,
    body: MediaBody | undefined,
    contentType: string,
  ): Promise<void> {
    if (!body) return refuse(response, 404, 'media.not-found');
    await sendBody(request, response, body, { contentType, mediaDirectory: this.mediaDirectory });
  }

  private async sendStill(
    response: ServerResponse,
    camera: CameraPackaging,
    stream: CameraStream,
    at: string | null,
  ): Promise<void> {
    const atMs = at === null ? undefined : Date.parse(at);
    if (atMs !== undefined && Number.isNaN(atMs)) return refuse(response, 400, 'request.malformed');
    const still = await this.stills.still(camera.cameraId, stream, atMs);
    if (!still) return refuse(response, 404, 'media.not-found');
    response.writeHead(200, {
      'Content-Type': 'image/jpeg',
      'Content-Length': still.jpeg.length,
      'Cache-Control': atMs === undefined ? `public, max-age=${STILL_SECONDS}` : IMMUTABLE,
      'X-Frame-Time': new Date(still.atMs).toISOString(),
    });
    response.end(still.jpeg);
  }

  private refuseNotLive(response: ServerResponse, camera: CameraPackaging): void {
    refuse(response, 503, 'stream.not-live', { retryAfterSeconds: 1, details: camera.status });
  }
}

function isClientGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_DESTROYED'].includes(code);
}
