import type { IncomingMessage } from 'node:http';
import type { Holdable } from './shared-answers';

/** Longer than it takes all viewers of a moment to ask; what is asked for later is rarely asked for twice. */
const KEEP_AT_MOST_MS = 10_000;
/** A list that grows may be a second old behind a cache that knows whole seconds only; that is spared those who ask here. */
const KEEP_GROWING_MS = 150;

/** What viewers are told of what an origin said; the length is told with the body. */
const PASSED_ON = ['content-type', 'content-encoding', 'accept-ranges', 'cache-control', 'vary', 'x-frame-time'];

/** What never changes while it is there. */
export const FOR_EVER = 'public, max-age=31536000, immutable';

/** A whole answer of a live origin with status 200. Headers are names and values in turn. */
export interface MediaAnswer extends Holdable {
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** There is no room to hold the answer of an origin. It can still be passed on as it comes. */
export class NotHoldable extends Error {
  constructor() {
    super('An answer of a live origin cannot be held');
    this.name = 'NotHoldable';
  }
}

/** @throws NotHoldable, or what broke the connection before the body was whole */
export async function readAnswer(message: IncomingMessage, reserve: (bytes: number) => boolean): Promise<MediaAnswer> {
  const length = Number(message.headers['content-length'] ?? NaN);
  if (Number.isNaN(length) || !reserve(length)) {
    message.destroy();
    throw new NotHoldable();
  }
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  if (body.length !== length) throw new Error(`The live origin sent ${body.length} of ${length} bytes`);
  return { headers: passedOn(message), body, byteLength: length, keepMs: keepMs(message.headers['cache-control']) };
}

/** Names and values in turn. */
export function passedOn({ headers }: IncomingMessage): string[] {
  return PASSED_ON.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [name, String(value)];
  });
}

export function keepMs(cacheControl: string | undefined): number {
  if (cacheControl === undefined || /\b(?:no-store|no-cache|private)\b/.test(cacheControl)) return 0;
  const seconds = Number(/\bmax-age=(\d{1,9})\b/.exec(cacheControl)?.[1] ?? 0);
  return seconds === 1 ? KEEP_GROWING_MS : Math.min(seconds * 1000, KEEP_AT_MOST_MS);
}
