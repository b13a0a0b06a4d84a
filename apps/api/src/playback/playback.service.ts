import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { DB, type Db } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { readMediaPath, StreamStateRepository } from '@app/streams';
import { CameraOrigins } from './camera-origins';
import { OriginClient } from './origin-client';

/** How long a viewer waits for a camera that changes its owner before being told that it is not live. */
const WAIT_FOR_OWNER_MS = 8_000;
const LOOK_AGAIN_MS = 200;
/** Another packager owns the camera, or its list is not restored yet. */
const MISDIRECTED = 421;
const PASSED_ON = [
  'content-type',
  'content-length',
  'content-encoding',
  'content-range',
  'accept-ranges',
  'cache-control',
  'vary',
  'retry-after',
  'x-frame-time',
  'access-control-allow-origin',
];
const ASKED_WITH = ['accept-encoding', 'range'];

/** Streams lists, media and stills from whichever packager owns the camera; nothing is kept here. */
@Injectable()
export class Playback {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly origins: CameraOrigins,
    private readonly client: OriginClient,
    private readonly states: StreamStateRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError media.not-found, camera.not-found, stream.not-live */
  async send(request: Request, response: Response): Promise<void> {
    const [path = ''] = request.originalUrl.split('?', 1);
    const media = readMediaPath(path);
    if (!media) throw new DomainError('media.not-found', 'There is nothing at this address.');
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const answer = await this.ask(media.cameraId, request, gone.signal);
    if (!answer) return;
    await this.passOn(media.cameraId, answer, response);
  }

  /** Asks the owner, and the next one while the camera moves. Undefined: the viewer has gone. */
  private async ask(cameraId: string, request: Request, gone: AbortSignal): Promise<IncomingMessage | undefined> {
    const until = this.clock.monotonicMs() + WAIT_FOR_OWNER_MS;
    while (!gone.aborted) {
      const origin = await this.origins.find(cameraId);
      const answer = origin && (await this.askOne(cameraId, origin.originUrl, request, gone));
      if (answer) return answer;
      this.origins.forget(cameraId);
      if (gone.aborted) return undefined;
      if (!origin) await this.requireExpected(cameraId);
      if (this.clock.monotonicMs() > until) await this.refuseNotLive(cameraId);
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
    return undefined;
  }

  /** Undefined: not the owner, or not there any more. */
  private async askOne(
    cameraId: string,
    originUrl: string,
    request: Request,
    gone: AbortSignal,
  ): Promise<IncomingMessage | undefined> {
    // An owner that hangs is left as soon as another one has taken the camera.
    const moved = new AbortController();
    const stopListening = this.origins.onMoved(cameraId, () => moved.abort());
    try {
      const answer = await this.client.get({
        originUrl,
        path: request.originalUrl,
        method: request.method,
        headers: askedWith(request),
        signal: AbortSignal.any([gone, moved.signal]),
      });
      if (answer.statusCode !== MISDIRECTED) return answer;
      answer.resume();
      return undefined;
    } catch (error) {
      if (isConnectionError(error)) return undefined;
      throw error;
    } finally {
      stopListening();
    }
  }

  private async passOn(cameraId: string, answer: IncomingMessage, response: Response): Promise<void> {
    const status = answer.statusCode ?? 502;
    if (status >= 400 && status !== 416) {
      const body = await readRefusal(answer);
      if (status === 503) await this.refuseNotLive(cameraId);
      if (status === 400 && body.code === 'playlist.directive-invalid')
        throw new DomainError('playlist.directive-invalid', 'The list cannot be asked for in this way.', body.details);
      if (status === 400) throw new DomainError('request.malformed', 'The request cannot be read.');
      if (status === 404) throw new DomainError('media.not-found', 'There is nothing at this address, or not any more.');
      throw new Error(`The live origin answered ${status} ${body.code}`);
    }
    response.status(status);
    for (const name of PASSED_ON) {
      const value = answer.headers[name];
      if (value !== undefined) response.setHeader(name, value);
    }
    try {
      await pipeline(answer, response);
    } catch (error) {
      // The viewer left, or the owner ended in the middle: the connection is broken either way, which says that it is not whole.
      if (!isConnectionError(error)) throw error;
    }
  }

  /** @throws when there is no such camera, or nobody is going to take it soon. */
  private async requireExpected(cameraId: string): Promise<void> {
    const camera = await this.db.selectFrom('cameras').select('id').where('id', '=', cameraId).executeTakeFirst();
    if (!camera) throw new DomainError('camera.not-found', 'There is no such camera.');
    if ((await this.states.find(cameraId))?.state === 'planned-off') await this.refuseNotLive(cameraId);
  }

  private async refuseNotLive(cameraId: string): Promise<never> {
    const reason = await this.states.reasonOf(cameraId);
    const message = reason?.message ?? 'The camera is not live.';
    throw new DomainError('stream.not-live', message, { reason }, { retryAfterSeconds: 2 });
  }
}

function askedWith(request: Request): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of ASKED_WITH) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  return headers;
}

async function readRefusal(answer: IncomingMessage): Promise<{ code?: string; details?: unknown }> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as { code?: string; details?: unknown };
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

/** Node's codes of connections that failed or broke, and of requests that we ended. */
function isConnectionError(error: unknown): boolean {
  const { name, message, code } = error as NodeJS.ErrnoException;
  if (name === 'AbortError' || message === 'The live origin does not answer') return true;
  return /^(E[A-Z]+|ERR_STREAM_PREMATURE_CLOSE|ERR_STREAM_DESTROYED)$/.test(code ?? '');
}
