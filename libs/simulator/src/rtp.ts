/** RTP packets (RFC 3550) of H.264 (RFC 6184), HEVC (RFC 7798), AAC (RFC 3640, AAC-hbr) and G.711 (RFC 3551). */
import { randomInt } from 'node:crypto';
import type { AudioFormat, AudioSample, VideoFormat, VideoSample } from './media';

/** Leaves room for RTP, UDP and IP headers in an Ethernet frame, as cameras do even over TCP. */
export const MAX_PAYLOAD_BYTES = 1400;
const RTP_HEADER_BYTES = 12;
const INTERLEAVED_HEADER_BYTES = 4;
const MILLISECONDS_1900_TO_1970 = 2_208_988_800_000;

/** A payload as the pieces it is put together from, so that media is copied once only. */
export type RtpPayload = Buffer[];

/** One NAL unit as one packet, or cut into fragmentation units when it is too long. */
export function nalPayloads(codec: VideoFormat['codec'], nal: Buffer, maxBytes = MAX_PAYLOAD_BYTES): RtpPayload[] {
  if (nal.length <= maxBytes) return [[nal]];
  return codec === 'h264'
    ? fragments(nal, 1, h264FragmentHeader(nal), maxBytes)
    : fragments(nal, 2, hevcFragmentHeader(nal), maxBytes);
}

type FragmentHeader = (start: boolean, end: boolean) => Buffer;

function h264FragmentHeader(nal: Buffer): FragmentHeader {
  const first = nal.readUInt8(0);
  return (start, end) => Buffer.from([(first & 0xe0) | 28, (start ? 0x80 : 0) | (end ? 0x40 : 0) | (first & 0x1f)]);
}

function hevcFragmentHeader(nal: Buffer): FragmentHeader {
  const [first, second] = [nal.readUInt8(0), nal.readUInt8(1)];
  const type = (first >> 1) & 0x3f;
  return (start, end) => Buffer.from([(first & 0x81) | (49 << 1), second, (start ? 0x80 : 0) | (end ? 0x40 : 0) | type]);
}

function fragments(nal: Buffer, nalHeaderBytes: number, header: FragmentHeader, maxBytes: number): RtpPayload[] {
  const payloads: RtpPayload[] = [];
  const room = maxBytes - nalHeaderBytes - 1;
  for (let at = nalHeaderBytes; at < nal.length; at += room) {
    const end = Math.min(at + room, nal.length);
    payloads.push([header(at === nalHeaderBytes, end === nal.length), nal.subarray(at, end)]);
  }
  return payloads;
}

/** One AAC frame with its AU header section: 16 bits of headers, of which 13 are the size and 3 the index. */
export function aacPayload(frame: Buffer): RtpPayload {
  return [Buffer.from([0, 16, frame.length >> 5, (frame.length & 0x1f) << 3]), frame];
}

/** Numbers the packets of one track of one client and collects them as interleaved RTSP data (RFC 2326, 10.12). */
export class RtpTrack {
  readonly ssrc = randomInt(2 ** 32);
  private readonly timestampBase = randomInt(2 ** 32);
  private sequence = randomInt(2 ** 16);
  private packets = 0;
  private bytes = 0;

  constructor(
    readonly channel: number,
    readonly payloadType: number,
    readonly clockRate: number,
  ) {}

  /** The number that the next packet will carry. */
  get nextSequence(): number {
    return this.sequence;
  }

  timestamp(timeMs: number): number {
    const ticks = Math.round((timeMs * this.clockRate) / 1000);
    return (((ticks + this.timestampBase) % 2 ** 32) + 2 ** 32) % 2 ** 32;
  }

  /** Appends one packet, `$` header included, to `into`. */
  packet(into: Buffer[], payload: RtpPayload, timeMs: number, marker: boolean): void {
    const size = payload.reduce((sum, part) => sum + part.length, 0);
    const head = Buffer.allocUnsafe(INTERLEAVED_HEADER_BYTES + RTP_HEADER_BYTES);
    head.writeUInt8(0x24, 0);
    head.writeUInt8(this.channel, 1);
    head.writeUInt16BE(RTP_HEADER_BYTES + size, 2);
    head.writeUInt8(0x80, 4);
    head.writeUInt8((marker ? 0x80 : 0) | this.payloadType, 5);
    head.writeUInt16BE(this.sequence, 6);
    head.writeUInt32BE(this.timestamp(timeMs), 8);
    head.writeUInt32BE(this.ssrc, 12);
    into.push(head, ...payload);
    this.sequence = (this.sequence + 1) % 2 ** 16;
    this.packets += 1;
    this.bytes += size;
  }

  /** Appends a sender report (RFC 3550, 6.4.1), which ties the track's timestamps to the wall clock `utcMs`. */
  senderReport(into: Buffer[], timeMs: number, utcMs: number): void {
    const report = Buffer.alloc(INTERLEAVED_HEADER_BYTES + 28);
    const sinceEpoch = utcMs + MILLISECONDS_1900_TO_1970;
    report.writeUInt8(0x24, 0);
    report.writeUInt8(this.channel + 1, 1);
    report.writeUInt16BE(28, 2);
    report.writeUInt8(0x80, 4);
    report.writeUInt8(200, 5);
    report.writeUInt16BE(6, 6);
    report.writeUInt32BE(this.ssrc, 8);
    report.writeUInt32BE(Math.floor(sinceEpoch / 1000) % 2 ** 32, 12);
    report.writeUInt32BE(Math.floor(((sinceEpoch % 1000) / 1000) * 2 ** 32), 16);
    report.writeUInt32BE(this.timestamp(timeMs), 20);
    report.writeUInt32BE(this.packets % 2 ** 32, 24);
    report.writeUInt32BE(this.bytes % 2 ** 32, 28);
    into.push(report);
  }
}

/** Appends a picture. Parameter sets go before every key frame, so that a client can join or follow a change. */
export function videoPackets(into: Buffer[], track: RtpTrack, format: VideoFormat, sample: VideoSample): void {
  const own = sample.nals.filter((nal) => isPictureData(format.codec, nal));
  const nals = sample.key ? [...format.parameterSets, ...own] : own;
  nals.forEach((nal, nalIndex) => {
    const payloads = nalPayloads(format.codec, nal);
    payloads.forEach((payload, index) => {
      const last = nalIndex === nals.length - 1 && index === payloads.length - 1;
      track.packet(into, payload, sample.timeMs, last);
    });
  });
}

/** Parameter sets (we send our own) and access unit delimiters (useless in RTP) are left out. */
function isPictureData(codec: VideoFormat['codec'], nal: Buffer): boolean {
  const first = nal[0] ?? 0;
  if (codec === 'h264') return ![7, 8, 9].includes(first & 0x1f);
  return ![32, 33, 34, 35].includes((first >> 1) & 0x3f);
}

export function audioPackets(into: Buffer[], track: RtpTrack, format: AudioFormat, sample: AudioSample): void {
  track.packet(into, format.codec === 'aac' ? aacPayload(sample.data) : [sample.data], sample.timeMs, true);
}
