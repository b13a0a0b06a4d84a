import { RtpPacket } from './rtp-packet';
import { readRtcp } from './rtcp';
import { rtpBytes, senderReport } from './rtp.fixture';

const payload = Buffer.from('payload');

describe('an RTP packet', () => {
  const packet = new RtpPacket();

  it('is read', () => {
    const bytes = rtpBytes({ sequence: 65535, timestamp: 0xfffffff0, payload, marker: true, type: 97 });
    expect(packet.read(bytes, 0, bytes.length)).toBe(true);
    expect(packet).toMatchObject({ sequence: 65535, timestamp: 0xfffffff0, marker: true, payloadType: 97 });
    expect(bytes.subarray(packet.start, packet.end)).toEqual(payload);
  });

  it('is read behind contributors, an extension, and before padding', () => {
    const plain = rtpBytes({ sequence: 1, timestamp: 2, payload: Buffer.alloc(0) });
    plain[0] = 0x80 | 0x20 | 0x10 | 2;
    const bytes = Buffer.concat([
      plain,
      Buffer.alloc(8),
      Buffer.from([0xab, 0xac, 0, 1, 1, 2, 3, 4]),
      payload,
      Buffer.from([0, 2]),
    ]);
    expect(packet.read(bytes, 0, bytes.length)).toBe(true);
    expect(bytes.subarray(packet.start, packet.end)).toEqual(payload);
  });

  it('is refused when it is too short, of another version, or longer inside than outside', () => {
    const bytes = rtpBytes({ sequence: 1, timestamp: 2, payload: Buffer.from([200]) });
    expect(packet.read(bytes, 0, 11)).toBe(false);
    bytes[0] = 0xa0;
    expect(packet.read(bytes, 0, bytes.length)).toBe(false);
    bytes[0] = 0x90;
    expect(packet.read(bytes, 0, bytes.length)).toBe(false);
    bytes[0] = 0x40;
    expect(packet.read(bytes, 0, bytes.length)).toBe(false);
  });
});

describe('a compound RTCP packet', () => {
  it('gives the sender report and the BYE in it', () => {
    const bytes = Buffer.concat([senderReport(1_000_250, 77), Buffer.from([0x81, 203, 0, 1, 0, 0, 0, 1])]);
    const read = readRtcp(bytes, 0, bytes.length);
    expect(read.bye).toBe(true);
    expect(read.report?.timestamp).toBe(77);
    expect(read.report?.ntpMs).toBeCloseTo(1_000_250, 1);
  });

  it('may be anything', () => {
    expect(readRtcp(Buffer.from([0x80, 200, 0xff, 0xff, 1]), 0, 5)).toEqual({ report: undefined, bye: false });
    const withoutClock = senderReport(0, 5);
    expect(readRtcp(withoutClock, 0, withoutClock.length).report).toBeUndefined();
  });
});
