import { MAX_PAYLOAD_BYTES, RtpTrack, aacPayload, nalPayloads, videoPackets } from './rtp';
import { depacketized, interleavedFrames, nalOf } from './rtp-reader.fixture';

describe('RTP packets', () => {
  it.each(['h264', 'hevc'] as const)('carry %s NAL units of any length so that a client gets them back whole', (codec) => {
    for (const length of [10, MAX_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES + 1, 5000, 40_000]) {
      const nal = nalOf(codec, codec === 'h264' ? 5 : 19, length);
      const payloads = nalPayloads(codec, nal).map((parts) => Buffer.concat(parts));
      expect(Math.max(...payloads.map((payload) => payload.length))).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
      expect(depacketized(codec, payloads)).toEqual([nal]);
    }
  });

  it('cut a long H.264 NAL unit into FU-A with start and end bits', () => {
    const payloads = nalPayloads('h264', nalOf('h264', 5, 3000)).map((parts) => Buffer.concat(parts));
    expect(payloads.map((payload) => [payload[0], payload[1]])).toEqual([
      [0x7c, 0x85],
      [0x7c, 0x05],
      [0x7c, 0x45],
    ]);
  });

  it('give AAC frames a header with their size in 13 bits', () => {
    expect(aacPayload(Buffer.alloc(300))[0]).toEqual(Buffer.from([0x00, 0x10, 0x09, 0x60]));
  });

  it('count sequence numbers over 65535 and timestamps in ticks of the track', () => {
    const track = new RtpTrack(2, 97, 16000);
    const bytes: Buffer[] = [];
    for (let index = 0; index < 65537; index += 1) track.packet(bytes, [Buffer.from([1])], index * 64, true);
    const frames = interleavedFrames(Buffer.concat(bytes));
    const [first, second, last] = [frames[0], frames[1], frames.at(-1)];
    expect(first?.channel).toBe(2);
    expect(((second?.timestamp ?? 0) - (first?.timestamp ?? 0) + 2 ** 32) % 2 ** 32).toBe(1024);
    expect(last?.sequence).toBe(first?.sequence);
  });

  it('send parameter sets before every key frame, once, and mark the last packet of a picture', () => {
    const [sps, pps] = [nalOf('h264', 7, 20), nalOf('h264', 8, 5)];
    const [delimiter, slice] = [nalOf('h264', 9, 2), nalOf('h264', 5, 2000)];
    const bytes: Buffer[] = [];
    const format = { codec: 'h264' as const, parameterSets: [sps, pps], fps: 15 };
    videoPackets(bytes, new RtpTrack(0, 96, 90000), format, {
      kind: 'video',
      timeMs: 0,
      key: true,
      nals: [delimiter, sps, slice],
    });
    const frames = interleavedFrames(Buffer.concat(bytes));
    const payloads = frames.map((frame) => frame.payload);
    expect(depacketized('h264', payloads)).toEqual([sps, pps, slice]);
    expect(frames.map((frame) => frame.marker)).toEqual([false, false, false, true]);
  });

  it('tie timestamps to the wall clock in sender reports', () => {
    const track = new RtpTrack(0, 96, 90000);
    const bytes: Buffer[] = [];
    track.senderReport(bytes, 1000, Date.UTC(2026, 10, 22, 12, 0, 0, 500));
    const report = bytes[0] as Buffer;
    expect([report[1], report[5]]).toEqual([1, 200]);
    expect(report.readUInt32BE(12) - 2_208_988_800).toBe(Date.UTC(2026, 10, 22, 12) / 1000);
    expect(report.readUInt32BE(16)).toBe(2 ** 31);
    expect(report.readUInt32BE(20)).toBe(track.timestamp(1000));
  });
});
