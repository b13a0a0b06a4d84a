import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DB, type Db } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import { StreamStateRepository } from '@app/streams';
import { CameraOrigins } from './camera-origins';
import { isConnectionError } from './connection-error';
import { OriginClient, type OriginRequest } from './origin-client';

/** How long a viewer waits for a camera that changes its owner before being told that it is not live. */
const WAIT_FOR_OWNER_MS = 8_000;
const LOOK_AGAIN_MS = 200;
/** Another packager owns the camera, or its list is not restored yet. */
const MISDIRECTED = 421;
const UNSATISFIABLE = 416;

export type MediaQuestion = Omit<OriginRequest, 'originUrl'>;

/** Asks the live origin of whichever packager owns a camera. */
@Injectable()
export class OwnerClient {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly origins: CameraOrigins,
    private readonly client: OriginClient,
    private readonly states: StreamStateRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Asks the owner, and the next one while the camera moves. Resolves with the head of the answer: 200, 206 or 416.
   * @throws DomainError media.not-found, camera.not-found, stream.not-live, playlist.directive-invalid, request.malformed;
   * the signal's reason once it is aborted
   */
  async ask(cameraId: string, question: MediaQuestion): Promise<IncomingMessage> {
    const until = this.clock.monotonicMs() + WAIT_FOR_OWNER_MS;
    for (;;) {
      const origin = await this.origins.find(cameraId);
      question.signal.throwIfAborted();
      const answer = origin && (await this.askOne(cameraId, origin.originUrl, question));
      if (answer) return await this.accepted(cameraId, answer);
      this.origins.forget(cameraId);
      question.signal.throwIfAborted();
      if (!origin) await this.requireExpected(cameraId);
      if (this.clock.monotonicMs() > until) await this.refuseNotLive(cameraId);
      await delay(LOOK_AGAIN_MS, undefined, { signal: question.signal });
    }
  }

  /** Undefined: not the owner, or not there any more. */
  private async askOne(cameraId: string, originUrl: string, question: MediaQuestion): Promise<IncomingMessage | undefined> {
    // An owner that hangs is left as soon as another one has taken the camera.
    const left = new AbortController();
    const leave = (): void => left.abort();
    const stopListening = this.origins.onMoved(cameraId, leave);
    question.signal.addEventListener('abort', leave);
    try {
      const answer = await this.client.get({ ...question, originUrl, signal: left.signal });
      if (answer.statusCode !== MISDIRECTED) return whileAsked(answer, question.signal);
      answer.resume();
      return undefined;
    } catch (error) {
      if (isConnectionError(error)) return undefined;
      throw error;
    } finally {
      stopListening();
      question.signal.removeEventListener('abort', leave);
    }
  }

  private async accepted(cameraId: string, answer: IncomingMessage): Promise<IncomingMessage> {
    const status = answer.statusCode ?? 502;
    if (status < 400 || status === UNSATISFIABLE) return answer;
    const body = await readRefusal(answer);
    if (status === 503) return await this.refuseNotLive(cameraId);
    if (status === 400 && body.code === 'playlist.directive-invalid')
      throw new DomainError('playlist.directive-invalid', 'The list cannot be asked for in this way.', body.details);
    if (status === 400) throw new DomainError('request.malformed', 'The request cannot be read.');
    if (status === 404) throw new DomainError('media.not-found', 'There is nothing at this address, or not any more.');
    throw new Error(`The live origin answered ${status} ${body.code}`);
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

/** An answer under way ends when nobody wants it any more. */
function whileAsked(answer: IncomingMessage, signal: AbortSignal): IncomingMessage {
  const end = (): void => void answer.destroy();
  signal.addEventListener('abort', end);
  answer.once('close', () => signal.removeEventListener('abort', end));
  return answer;
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
