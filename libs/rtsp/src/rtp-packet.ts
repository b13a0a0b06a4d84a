/** The header of an RTP packet (RFC 3550, 5.1). One object is read into again and again. */
export class RtpPacket {
  payloadType = 0;
  marker = false;
  sequence = 0;
  timestamp = 0;
  /** The payload is `bytes` from `start` to `end`. */
  start = 0;
  end = 0;

  /** False for what is no packet. */
  read(bytes: Buffer, start: number, end: number): boolean {
    if (end - start < 12) return false;
    const first = bytes[start]!;
    if (first >> 6 !== 2) return false;
    const second = bytes[start + 1]!;
    this.marker = (second & 0x80) !== 0;
    this.payloadType = second & 0x7f;
    this.sequence = (bytes[start + 2]! << 8) | bytes[start + 3]!;
    this.timestamp = bytes.readUInt32BE(start + 4);
    let at = start + 12 + (first & 0x0f) * 4;
    if (first & 0x10) {
      if (at + 4 > end) return false;
      at += 4 + ((bytes[at + 2]! << 8) | bytes[at + 3]!) * 4;
    }
    const padding = first & 0x20 ? bytes[end - 1]! : 0;
    this.start = at;
    this.end = end - padding;
    return this.start <= this.end;
  }
}
