import { parseHead, type RtspResponse } from './response';
import { RtspFault } from './types';

/** What comes out of the connection to a camera. */
export interface InterleavedListener {
  /** One interleaved frame is `bytes` from `start` to `end`, for the time of the call. @returns whether it was media of ours. */
  frame(channel: number, bytes: Buffer, start: number, end: number): boolean;
  response(response: RtspResponse): void;
}

const DOLLAR = 0x24;
const FRAME_HEAD = 4;
const PROTOCOL = Buffer.from('RTSP/');
const MAX_HEAD_BYTES = 16 * 1024;
const MAX_BODY_BYTES = 256 * 1024;
/** A camera may put something odd between its packets. This much of it without a packet is no camera. */
const MAX_STRAY_BYTES = 64 * 1024;

/**
 * Takes the byte stream of a connection apart into interleaved frames (RFC 2326, 10.12) and answers. Frames are not copied, unless a
 * read ended in the middle of one. `push` throws RtspFault; the reader is then dead.
 */
export class InterleavedReader {
  private rest: Buffer | undefined;
  private stray = 0;
  private spokeRtsp = false;

  constructor(private readonly listener: InterleavedListener) {}

  push(bytes: Buffer): void {
    let at = 0;
    let input = bytes;
    if (this.rest) {
      const rest = this.rest;
      const size = rest[0] === DOLLAR ? frameSize(rest, bytes) : undefined;
      if (size !== undefined && rest.length + bytes.length >= size) {
        const frame = Buffer.allocUnsafe(size);
        rest.copy(frame);
        at = size - rest.length;
        bytes.copy(frame, rest.length, 0, at);
        this.rest = undefined;
        this.give(frame, 0, size);
      } else {
        input = Buffer.concat([rest, bytes]);
        this.rest = undefined;
      }
    }
    at = this.takeAll(input, at);
    // The read buffer is used again: what is left of it is kept as a copy.
    if (at < input.length) this.rest = Buffer.from(input.subarray(at));
  }

  private takeAll(input: Buffer, from: number): number {
    let at = from;
    while (at < input.length) {
      if (input[at] !== DOLLAR) {
        const next = this.takeText(input, at);
        if (next === at) return at;
        at = next;
        continue;
      }
      if (at + FRAME_HEAD > input.length) return at;
      const end = at + FRAME_HEAD + ((input[at + 2]! << 8) | input[at + 3]!);
      if (end > input.length) return at;
      this.give(input, at, end);
      at = end;
    }
    return at;
  }

  private give(bytes: Buffer, at: number, end: number): void {
    if (this.listener.frame(bytes[at + 1]!, bytes, at + FRAME_HEAD, end)) this.stray = 0;
    else this.skipped(end - at);
  }

  /** @returns where to go on; `at` while more must come. */
  private takeText(input: Buffer, at: number): number {
    const known = Math.min(PROTOCOL.length, input.length - at);
    if (input.compare(PROTOCOL, 0, known, at, at + known) !== 0) return this.resync(input, at);
    const headEnd = input.indexOf('\r\n\r\n', at, 'latin1');
    if (headEnd === -1) {
      if (input.length - at > MAX_HEAD_BYTES) throw new RtspFault('not-rtsp', 'The head of an answer is too long.');
      return at;
    }
    const head = headEnd - at > MAX_HEAD_BYTES ? undefined : parseHead(input.toString('latin1', at, headEnd));
    if (!head) return this.resync(input, at);
    if (head.bodyLength > MAX_BODY_BYTES) throw new RtspFault('not-rtsp', 'The body of an answer is too long.');
    const end = headEnd + 4 + head.bodyLength;
    if (end > input.length) return at;
    this.spokeRtsp = true;
    this.listener.response({ status: head.status, headers: head.headers, body: input.toString('utf8', headEnd + 4, end) });
    return end;
  }

  /** Some cameras put more between two packets than they say: it goes on at the next thing that looks like one. */
  private resync(input: Buffer, at: number): number {
    if (!this.spokeRtsp) throw new RtspFault('not-rtsp', 'What answers does not speak RTSP.');
    let next = at + 1;
    while (next < input.length && input[next] !== DOLLAR && input[next] !== PROTOCOL[0]) next += 1;
    this.skipped(next - at);
    return next;
  }

  private skipped(bytes: number): void {
    this.stray += bytes;
    if (this.stray > MAX_STRAY_BYTES) throw new RtspFault('media-invalid', 'What comes are no packets.');
  }
}

/** Undefined while its length is not known. */
function frameSize(rest: Buffer, next: Buffer): number | undefined {
  const byte = (index: number): number | undefined => (index < rest.length ? rest[index] : next[index - rest.length]);
  const [high, low] = [byte(2), byte(3)];
  return high === undefined || low === undefined ? undefined : FRAME_HEAD + ((high << 8) | low);
}
