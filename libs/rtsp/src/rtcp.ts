/** What a sender says about the clock of a track. */
export interface SenderReport {
  /** Wall clock of the sender, milliseconds since 1900. */
  readonly ntpMs: number;
  /** The RTP timestamp of that moment. */
  readonly timestamp: number;
}

/** From 1900, where NTP begins, to 1970. */
const EPOCH_MS = 2_208_988_800_000;

/** The sender's wall clock in a report, epoch ms. */
export const wallClockOf = ({ ntpMs }: SenderReport): number => ntpMs - EPOCH_MS;

const SENDER_REPORT = 200;
const BYE = 203;

/** The packets in a compound packet that matter here (RFC 3550, 6.4.1 and 6.6). Stops at what cannot be read. */
export function readRtcp(bytes: Buffer, start: number, end: number): { report: SenderReport | undefined; bye: boolean } {
  let report: SenderReport | undefined;
  let bye = false;
  for (let at = start; at + 4 <= end && bytes[at]! >> 6 === 2;) {
    const next = at + 4 + bytes.readUInt16BE(at + 2) * 4;
    if (next > end) break;
    if (bytes[at + 1] === SENDER_REPORT && next - at >= 28) {
      const ntpMs = bytes.readUInt32BE(at + 8) * 1000 + (bytes.readUInt32BE(at + 12) * 1000) / 2 ** 32;
      // Zero: the sender has no clock.
      if (ntpMs > 0) report = { ntpMs, timestamp: bytes.readUInt32BE(at + 16) };
    }
    if (bytes[at + 1] === BYE) bye = true;
    at = next;
  }
  return { report, bye };
}
