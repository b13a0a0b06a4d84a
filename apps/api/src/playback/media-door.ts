import type { MediaDoor } from '../http/media-first.adapter';
import type { LiveMedia } from './live-media';
import { type MediaAnswer, NotHoldable } from './media-answer';
import { type MediaRequest, readMediaRequest } from './media-request';
import type { Share } from './shared-answers';
import { commonHeaders, openVisit, refuse, relay, type Visit, type VisitOptions, writeHead } from './visit';

export interface MediaDoorOptions extends VisitOptions {
  media: LiveMedia;
}

/** Live media for everybody, with any site's player: answered straight from node:http, without a framework around. */
export function mediaDoor(options: MediaDoorOptions): MediaDoor {
  const { media, logger } = options;
  const common = commonHeaders(options);

  return (request, response) => {
    const asked = readMediaRequest(request, Date.now());
    if (!asked) return false;
    const visit = openVisit(options, common, request, response);
    const fail = (error: unknown): void => refuse(visit, error, logger);
    try {
      answer(media, visit, asked)?.catch(fail);
    } catch (error) {
      fail(error);
    }
    return true;
  };
}

/** What is held is sent at once; only what is not takes a promise. */
function answer(media: LiveMedia, visit: Visit, asked: MediaRequest): Promise<void> | undefined {
  if (!media.holds) return stream(media, visit, asked);
  const share = media.take(asked);
  visit.atEnd = () => share.release();
  if (share.value === undefined) return answerLater(media, visit, asked, share);
  send(visit, asked, share.value, share.ageMs);
  return undefined;
}

async function answerLater(media: LiveMedia, visit: Visit, asked: MediaRequest, share: Share<MediaAnswer>): Promise<void> {
  try {
    const whole = await share.whole;
    if (!visit.response.destroyed) send(visit, asked, whole, 0);
  } catch (error) {
    if (visit.response.destroyed) return;
    if (!(error instanceof NotHoldable)) throw error;
    share.release();
    await stream(media, visit, asked);
  }
}

function send(visit: Visit, asked: MediaRequest, { headers, body }: MediaAnswer, ageMs: number): void {
  const all = ageMs >= 1000 ? [...headers, 'Age', String(Math.floor(ageMs / 1000))] : headers;
  const wanted = writeHead(visit, all, body.length, asked.range);
  if (wanted) visit.response.end(body.subarray(wanted.start, wanted.end + 1));
}

/** What cannot be held goes through as it comes. */
function stream(media: LiveMedia, visit: Visit, asked: MediaRequest): Promise<void> {
  return relay(visit, (signal) => media.stream(asked, signal));
}
