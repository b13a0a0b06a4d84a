import { RtpPacket } from './rtp-packet';

/** Bytes of an RTP packet with a plain header. */
export function rtpBytes(fields: {
  sequence: number;
  timestamp: number;
  payload: Buffer;
  marker?: boolean;
  type?: number;
}): Buffer {
  const head = Buffer.alloc(12);
  head[0] = 0x80;
  head[1] = (fields.marker ? 0x80 : 0) | (fields.type ?? 96);
  head.writeUInt16BE(fields.sequence & 0xffff, 2);
  head.writeUInt32BE(fields.timestamp >>> 0, 4);
  return Buffer.concat([head, fields.payload]);
}

/** The same, read. */
export function rtpPacket(fields: Parameters<typeof rtpBytes>[0]): { packet: RtpPacket; bytes: Buffer } {
  const bytes = rtpBytes(fields);
  const packet = new RtpPacket();
  if (!packet.read(bytes, 0, bytes.length)) throw new Error('no packet');
  return { packet, bytes };
}

/** A sender report that says that `timestamp` was at `ntpMs`. */
export function senderReport(ntpMs: number, timestamp: number): Buffer {
  const report = Buffer.alloc(28);
  report[0] = 0x80;
  report[1] = 200;
  report.writeUInt16BE(6, 2);
  report.writeUInt32BE(Math.floor(ntpMs / 1000), 8);
  report.writeUInt32BE(Math.floor(((ntpMs % 1000) / 1000) * 2 ** 32), 12);
  report.writeUInt32BE(timestamp >>> 0, 16);
  return report;
}

/** The tags of an FLV stream. */
export function flvTags(bytes: Buffer, start = 0): { type: number; timeMs: number; body: Buffer }[] {
  const tags = [];
  for (let at = start; at < bytes.length;) {
    const size = bytes.readUIntBE(at + 1, 3);
    const timeMs = bytes.readUIntBE(at + 4, 3) + bytes[at + 7]! * 0x1000000;
    tags.push({ type: bytes[at]!, timeMs, body: bytes.subarray(at + 11, at + 11 + size) });
    if (bytes.readUInt32BE(at + 11 + size) !== size + 11) throw new Error('the size behind a tag is wrong');
    at += 15 + size;
  }
  return tags;
}
