import { ProtocolError } from './protocol-error';

/** Bytes kept free before and behind a payload, so that an FLV tag is made around it without a copy. */
export const TAG_HEAD = 11;
export const TAG_TAIL = 4;

/** A whole RTMP message. `frame` is the payload with TAG_HEAD unused bytes before and TAG_TAIL behind it. */
export interface RtmpMessage {
  readonly type: number;
  readonly streamId: number;
  /** Milliseconds, modulo 2^32. */
  readonly timestamp: number;
  readonly payload: Buffer;
  readonly frame: Buffer;
}

export interface ChunkLimits {
  messageBytes: number;
  readonly chunkBytes: number;
}

interface ChunkStream {
  timestamp: number;
  /** The timestamp field of the last header: absolute after type 0, else a delta. A type 3 header repeats it. */
  field: number;
  extended: boolean;
  length: number;
  type: number;
  streamId: number;
  frame: Buffer | undefined;
  filled: number;
}

const SET_CHUNK_SIZE = 1;
const ABORT = 2;
/** RTMP has 65,597 chunk stream ids; encoders use half a dozen. */
const MAX_STREAMS = 32;
const EXTENDED = 0xffffff;
const HEADER_BYTES = [11, 7, 3, 0] as const;
const EMPTY = Buffer.alloc(0);

/**
 * Puts messages together from chunks (Adobe, RTMP 1.0, section 5.3). Pull it: nothing behind the last message taken has been
 * looked at. Set Chunk Size and Abort are obeyed here and not given out. `next` throws ProtocolError; the reader is then dead.
 */
export class ChunkReader {
  private readonly streams = new Map<number, ChunkStream>();
  private data: Buffer = EMPTY;
  private at = 0;
  private chunkSize = 128;
  /** The chunk being read, and how many of its bytes are missing. */
  private current: ChunkStream | undefined;
  private missing = 0;
  private assembling = 0;

  constructor(private readonly limits: ChunkLimits) {}

  push(bytes: Buffer): void {
    // What is left is a part of a header, or everything behind the message the caller stopped at.
    this.data = this.at >= this.data.length ? bytes : Buffer.concat([this.data.subarray(this.at), bytes]);
    this.at = 0;
  }

  next(): RtmpMessage | undefined {
    for (;;) {
      if (!this.current && !this.readHeader()) return undefined;
      const message = this.readPayload();
      if (message === 'incomplete') return undefined;
      if (message && !this.obey(message)) return message;
    }
  }

  private readHeader(): boolean {
    const { data, at } = this;
    const available = data.length - at;
    if (available < 1) return false;
    const first = data[at]!;
    const small = first & 0x3f;
    const basic = small === 0 ? 2 : small === 1 ? 3 : 1;
    const format = first >> 6;
    const fixed = basic + HEADER_BYTES[format]!;
    if (available < fixed) return false;
    const id = small === 0 ? 64 + data[at + 1]! : small === 1 ? 64 + data[at + 1]! + data[at + 2]! * 256 : small;
    const stream = this.stream(id, format);
    const field = format < 3 ? data.readUIntBE(at + basic, 3) : 0;
    const extended = format < 3 ? field === EXTENDED : stream.extended;
    if (extended && available < fixed + 4) return false;
    const long = extended ? data.readUInt32BE(at + fixed) : 0;
    // Not every encoder repeats the extended timestamp in type 3 headers: it is there when the four bytes are it.
    const repeated = format < 3 || long === stream.field;
    this.at = at + fixed + (extended && repeated ? 4 : 0);
    this.applyHeader(stream, format, at + basic, extended ? (repeated ? long : stream.field) : field);
    return true;
  }

  private stream(id: number, format: number): ChunkStream {
    const known = this.streams.get(id);
    if (known) return known;
    if (format !== 0 && format !== 1) throw new ProtocolError('bad-chunk', 'A chunk stream starts without a full header.');
    if (this.streams.size >= MAX_STREAMS) throw new ProtocolError('bad-chunk', 'Too many chunk streams.');
    const fresh = { timestamp: 0, field: 0, extended: false, length: 0, type: 0, streamId: 0, frame: undefined, filled: 0 };
    this.streams.set(id, fresh);
    return fresh;
  }

  private applyHeader(stream: ChunkStream, format: number, at: number, field: number): void {
    const started = stream.frame !== undefined;
    if (started && format !== 3) this.drop(stream);
    if (format < 3) {
      stream.field = field;
      stream.extended = this.data.readUIntBE(at, 3) === EXTENDED;
    }
    if (format < 2) {
      stream.length = this.data.readUIntBE(at + 3, 3);
      stream.type = this.data[at + 6]!;
    }
    if (format === 0) stream.streamId = this.data.readUInt32LE(at + 7);
    if (!(started && format === 3)) this.startMessage(stream, format);
    this.current = stream;
    this.missing = Math.min(this.chunkSize, stream.length - stream.filled);
  }

  private startMessage(stream: ChunkStream, format: number): void {
    stream.timestamp = format === 0 ? stream.field : (stream.timestamp + stream.field) >>> 0;
    if (stream.length > this.limits.messageBytes || this.assembling + stream.length > 2 * this.limits.messageBytes) {
      throw new ProtocolError('message-too-large', `A message of ${stream.length} bytes is too large.`);
    }
    this.assembling += stream.length;
    stream.frame = Buffer.allocUnsafe(TAG_HEAD + stream.length + TAG_TAIL);
    stream.filled = 0;
  }

  private readPayload(): RtmpMessage | 'incomplete' | undefined {
    const stream = this.current!;
    const take = Math.min(this.missing, this.data.length - this.at);
    this.data.copy(stream.frame!, TAG_HEAD + stream.filled, this.at, this.at + take);
    this.at += take;
    stream.filled += take;
    this.missing -= take;
    if (this.missing > 0) return 'incomplete';
    this.current = undefined;
    return stream.filled === stream.length ? this.complete(stream) : undefined;
  }

  private complete(stream: ChunkStream): RtmpMessage {
    const frame = stream.frame!;
    this.drop(stream);
    const { type, streamId, timestamp } = stream;
    return { type, streamId, timestamp, frame, payload: frame.subarray(TAG_HEAD, TAG_HEAD + stream.length) };
  }

  private drop(stream: ChunkStream): void {
    this.assembling -= stream.length;
    stream.frame = undefined;
    stream.filled = 0;
  }

  private obey({ type, payload }: RtmpMessage): boolean {
    if (type !== SET_CHUNK_SIZE && type !== ABORT) return false;
    if (payload.length < 4) throw new ProtocolError('bad-chunk', 'A control message is too short.');
    const value = payload.readUInt32BE(0);
    if (type === ABORT) {
      const aborted = this.streams.get(value);
      if (aborted?.frame) this.drop(aborted);
    } else if (value < 1 || value > this.limits.chunkBytes) {
      throw new ProtocolError('bad-chunk', `A chunk size of ${value} bytes is out of range.`);
    } else this.chunkSize = value;
    return true;
  }
}
