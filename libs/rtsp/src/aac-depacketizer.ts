import type { RtpPacket } from './rtp-packet';

const SAMPLES = 1024;
const HEADER_BITS = 16;
/** 13 bits of size. */
const MAX_FRAME_BYTES = 8191;

/** Told of each whole AAC frame, which lasts for the call. */
export type FrameListener = (timestamp: number, bytes: Buffer, start: number, end: number) => void;

/** AAC-hbr out of RTP (RFC 3640, 3.2 and 3.3.6): frames of 1024 samples, several in a packet or one over several packets. */
export class AacDepacketizer {
  private expected: number | undefined;
  private partial: { readonly timestamp: number; readonly size: number; bytes: Buffer } | undefined;

  constructor(private readonly onFrame: FrameListener) {}

  /** @returns false for what is no AAC-hbr. */
  push(packet: RtpPacket, bytes: Buffer): boolean {
    const { start, end, sequence, timestamp } = packet;
    if (sequence !== this.expected) this.partial = undefined;
    this.expected = (sequence + 1) & 0xffff;
    if (end - start < 4) return end === start;
    const bits = bytes.readUInt16BE(start);
    const count = bits / HEADER_BITS;
    const data = start + 2 + count * 2;
    if (count < 1 || !Number.isInteger(count) || data > end) return false;
    const firstSize = sizeAt(bytes, start + 2);
    if (count === 1 && firstSize > end - data) return this.takeFragment(timestamp, firstSize, bytes.subarray(data, end));
    let at = data;
    for (let index = 0; index < count; index += 1) {
      const next = at + sizeAt(bytes, start + 2 + index * 2);
      if (next > end || next === at) return false;
      this.onFrame((timestamp + index * SAMPLES) >>> 0, bytes, at, next);
      at = next;
    }
    return true;
  }

  /** Every fragment names the size of the whole frame. */
  private takeFragment(timestamp: number, size: number, piece: Buffer): boolean {
    const before = this.partial;
    if (size > MAX_FRAME_BYTES || piece.length === 0) return false;
    if (before && (before.timestamp !== timestamp || before.size !== size)) this.partial = undefined;
    const joined = Buffer.concat([this.partial?.bytes ?? Buffer.alloc(0), piece]);
    if (joined.length < size) {
      this.partial = { timestamp, size, bytes: joined };
      return true;
    }
    this.partial = undefined;
    // The last fragment may be all that came of it.
    if (joined.length === size && joined.length > piece.length) this.onFrame(timestamp, joined, 0, size);
    return joined.length === size;
  }
}

const sizeAt = (bytes: Buffer, at: number): number => bytes.readUInt16BE(at) >> 3;
