import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import { Clock } from '@app/platform';
import { isConnectionError } from './connection-error';
import { type MediaAnswer, NotHoldable, readAnswer } from './media-answer';
import type { MediaRequest } from './media-request';
import { OwnerClient } from './owner-client';
import { type Share, SharedAnswers } from './shared-answers';

/** An owner that ends in the middle of a body is left for the next one this often. */
const TRIES = 3;

/** Lists, media and stills from the packagers: one request to an origin for all viewers who want the same in these seconds. */
@Injectable()
export class LiveMedia {
  private readonly shared: SharedAnswers<MediaAnswer>;

  constructor(
    private readonly owners: OwnerClient,
    @Inject(CONFIG) private readonly config: Config,
    clock: Clock,
  ) {
    this.shared = new SharedAnswers(config.mediaCacheBytes, () => clock.monotonicMs());
  }

  /** False: no memory was given to it, and every viewer is streamed to. */
  get holds(): boolean {
    return this.config.mediaCacheBytes > 0;
  }

  /** `whole` rejects with NotHoldable when it has to be streamed, and with what OwnerClient.ask throws. */
  take(request: MediaRequest): Share<MediaAnswer> {
    return this.shared.take(request.key, (signal, reserve) => this.fetch(request, signal, reserve));
  }

  /** As it comes, for this one viewer. */
  stream({ cameraId, path, zipped, range, isHead }: MediaRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const headers = { ...(zipped && { 'accept-encoding': 'gzip' }), ...(range !== undefined && { range }) };
    return this.owners.ask(cameraId, { path, method: isHead ? 'HEAD' : 'GET', headers, signal });
  }

  private async fetch(request: MediaRequest, signal: AbortSignal, reserve: (bytes: number) => boolean): Promise<MediaAnswer> {
    for (let left = TRIES - 1; ; left -= 1) {
      try {
        return await readAnswer(await this.stream({ ...request, range: undefined, isHead: false }, signal), reserve);
      } catch (error) {
        if (left === 0 || signal.aborted || error instanceof NotHoldable || !isConnectionError(error)) throw error;
      }
    }
  }
}
