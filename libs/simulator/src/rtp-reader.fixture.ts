/** The client's side of RTP over interleaved RTSP, for specs. */

export interface InterleavedFrame {
  channel: number;
  marker: boolean;
  payloadType: number;
  sequence: number;
  timestamp: number;
  payload: Buffer;
}

/** All frames of some bytes that hold whole frames only. */
export function interleavedFrames(bytes: Buffer): InterleavedFrame[] {
  const frames: InterleavedFrame[] = [];
  for (let at = 0; at < bytes.length;) {
    if (bytes[at] !== 0x24) throw new Error(`There is no interleaved frame at byte ${at}.`);
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    const packet = bytes.subarray(at + 4, end);
    frames.push({
      channel: bytes.readUInt8(at + 1),
      marker: (packet.readUInt8(1) & 0x80) !== 0,
      payloadType: packet.readUInt8(1) & 0x7f,
      sequence: packet.readUInt16BE(2),
      timestamp: packet.readUInt32BE(4),
      payload: packet.subarray(12),
    });
    at = end;
  }
  return frames;
}

/** A NAL unit of a type, with varied content. */
export function nalOf(codec: 'h264' | 'hevc', type: number, length: number): Buffer {
  const nal = Buffer.from(Array.from({ length }, (_, index) => (index * 31 + 7) % 251));
  if (codec === 'h264') nal[0] = 0x60 | type;
  else nal.set([type << 1, 1]);
  return nal;
}

/** NAL units put together again from single and fragmentation packets. */
export function depacketized(codec: 'h264' | 'hevc', payloads: Buffer[]): Buffer[] {
  const headerBytes = codec === 'h264' ? 1 : 2;
  const fragmentType = codec === 'h264' ? 28 : 49;
  const nals: Buffer[] = [];
  let parts: Buffer[] = [];
  for (const payload of payloads) {
    const first = payload.readUInt8(0);
    const type = codec === 'h264' ? first & 0x1f : (first >> 1) & 0x3f;
    if (type !== fragmentType) {
      nals.push(payload);
      continue;
    }
    const fragment = payload.readUInt8(headerBytes);
    if (fragment & 0x80) parts = [originalHeader(codec, payload, fragment)];
    parts.push(payload.subarray(headerBytes + 1));
    if (fragment & 0x40) nals.push(Buffer.concat(parts));
  }
  return nals;
}

function originalHeader(codec: 'h264' | 'hevc', payload: Buffer, fragment: number): Buffer {
  const first = payload.readUInt8(0);
  if (codec === 'h264') return Buffer.from([(first & 0xe0) | (fragment & 0x1f)]);
  return Buffer.from([(first & 0x81) | ((fragment & 0x3f) << 1), payload.readUInt8(1)]);
}
