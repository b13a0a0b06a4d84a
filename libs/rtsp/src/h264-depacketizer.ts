import { isParameterSet } from './parameter-sets';
import type { RtpPacket } from './rtp-packet';

const [SLICE, IDR, SEI, AUD, LAST_SINGLE, STAP_A, FU_A] = [1, 5, 6, 9, 23, 24, 28];

/** Puts access units together. NAL units are given as they come; nothing is certain before `end`. */
export interface AccessUnitWriter {
  /** A whole SPS or PPS, before the picture it is for. */
  parameterSet(bytes: Buffer, start: number, end: number): void;
  /** A NAL unit begins; `header` is its first byte. */
  beginNal(header: number): void;
  append(bytes: Buffer, start: number, end: number): void;
  endNal(): void;
  /** The access unit is whole. */
  end(timestamp: number): void;
  /** What was given of the access unit was not all of it. */
  discard(): void;
}

/**
 * H.264 out of RTP: single NAL units, STAP-A and FU-A (RFC 6184, 5.6, 5.7.1 and 5.8). After a loss the whole access unit is left out, so
 * no NAL unit is ever glued together from what stands around a hole.
 */
export class H264Depacketizer {
  private timestamp: number | undefined;
  private open = false;
  private hasPicture = false;
  private inFragment = false;
  private expected: number | undefined;
  private afterGap = false;
  /** The access unit of this timestamp is not whole. */
  private skipped: number | undefined;
  /** Some cameras set the marker on every packet: then only the next timestamp ends an access unit. */
  private trustsMarker = true;

  constructor(private readonly writer: AccessUnitWriter) {}

  /** @returns false for what is no H.264. */
  push(packet: RtpPacket, bytes: Buffer): boolean {
    const { start, end, sequence, timestamp } = packet;
    if (this.expected !== undefined && sequence !== this.expected) {
      if (sequence === ((this.expected - 1) & 0xffff)) return true;
      this.lose();
    }
    this.expected = (sequence + 1) & 0xffff;
    if (end - start < 2) return end === start;
    if (this.open && timestamp !== this.timestamp) this.finish();
    if (this.afterGap) this.rejoin(timestamp, bytes, start, end);
    if (timestamp === this.skipped) return true;
    this.checkMarkers(timestamp, bytes, start, end);
    const understood = this.take(bytes, start, end);
    this.timestamp = timestamp;
    if (!understood) this.breakOff(timestamp);
    else if (packet.marker && this.hasPicture && this.trustsMarker) this.finish();
    return understood;
  }

  private take(bytes: Buffer, start: number, end: number): boolean {
    const header = bytes[start]!;
    const type = header & 0x1f;
    if (header & 0x80) return false;
    if (type === FU_A) return this.takeFragment(bytes, start, end);
    if (this.inFragment) return this.breakOff(undefined);
    if (type >= SLICE && type <= LAST_SINGLE) return this.takeNal(bytes, start, end);
    return type === STAP_A && this.takeAggregate(bytes, start + 1, end);
  }

  private takeAggregate(bytes: Buffer, start: number, end: number): boolean {
    for (let at = start; at < end;) {
      const next = at + 2 + (at + 2 <= end ? bytes.readUInt16BE(at) : 0);
      if (next <= at + 2 || next > end || bytes[at + 2]! & 0x80) return false;
      this.takeNal(bytes, at + 2, next);
      at = next;
    }
    return true;
  }

  private takeNal(bytes: Buffer, start: number, end: number): boolean {
    const type = bytes[start]! & 0x1f;
    if (isParameterSet(type)) this.writer.parameterSet(bytes, start, end);
    else if (type < AUD) {
      this.begin(bytes[start]!);
      this.writer.append(bytes, start + 1, end);
      this.writer.endNal();
    }
    return true;
  }

  private takeFragment(bytes: Buffer, start: number, end: number): boolean {
    const flags = bytes[start + 1]!;
    const type = flags & 0x1f;
    if (type < SLICE || type > LAST_SINGLE || (flags & 0xc0) === 0xc0) return false;
    if (flags & 0x80) {
      if (this.inFragment) return this.breakOff(undefined);
      this.begin((bytes[start]! & 0xe0) | type);
      this.inFragment = true;
    } else if (!this.inFragment) return this.breakOff(undefined);
    this.writer.append(bytes, start + 2, end);
    if (flags & 0x40) {
      this.inFragment = false;
      this.writer.endNal();
    }
    return true;
  }

  private begin(header: number): void {
    this.open = true;
    if ((header & 0x1f) <= IDR) this.hasPicture = true;
    this.writer.beginNal(header);
  }

  private finish(): void {
    if (this.inFragment || !this.hasPicture) this.discard();
    else this.writer.end(this.timestamp!);
    this.open = this.hasPicture = this.inFragment = false;
  }

  private lose(): void {
    if (this.open) this.discard();
    this.skipped = this.timestamp;
    this.afterGap = true;
  }

  /** Behind a gap: an access unit that does not begin here has lost its beginning. */
  private rejoin(timestamp: number, bytes: Buffer, start: number, end: number): void {
    this.afterGap = false;
    if (timestamp === this.skipped) return;
    this.skipped = beginsAccessUnit(bytes, start, end) ? undefined : timestamp;
  }

  /** A slice that goes on with a picture which its marker had ended: the marker means nothing here. */
  private checkMarkers(timestamp: number, bytes: Buffer, start: number, end: number): void {
    if (this.trustsMarker && !this.open && timestamp === this.timestamp && !beginsAccessUnit(bytes, start, end))
      this.trustsMarker = false;
  }

  /** Fragments that do not fit together are a loss, not garbage. `undefined`: the access unit that is open. */
  private breakOff(timestamp: number | undefined): boolean {
    this.discard();
    this.skipped = timestamp ?? this.timestamp;
    return true;
  }

  private discard(): void {
    this.writer.discard();
    this.open = this.hasPicture = this.inFragment = false;
  }
}

/** Whether a payload holds the first slice of a picture (`first_mb_in_slice` is 0), or what stands before it. */
function beginsAccessUnit(bytes: Buffer, start: number, end: number): boolean {
  const type = bytes[start]! & 0x1f;
  if (type === STAP_A) return start + 4 < end && beginsAccessUnit(bytes, start + 3, end);
  const isFragment = type === FU_A;
  const nalType = isFragment ? bytes[start + 1]! & 0x1f : type;
  if (isFragment && !(bytes[start + 1]! & 0x80)) return false;
  if (nalType >= SEI) return true;
  const slice = start + (isFragment ? 2 : 1);
  return slice < end && (bytes[slice]! & 0x80) !== 0;
}
