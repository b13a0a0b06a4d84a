import { AacDepacketizer } from './aac-depacketizer';
import { flvTags, rtpPacket } from './rtp.fixture';
import { SoundWriter } from './sound-writer';

const frame = (size: number, fill: number): Buffer => Buffer.alloc(size, fill);
const units = (sizes: number[], data: Buffer): Buffer => {
  const head = Buffer.alloc(2 + sizes.length * 2);
  head.writeUInt16BE(sizes.length * 16);
  sizes.forEach((size, index) => head.writeUInt16BE(size << 3, 2 + index * 2));
  return Buffer.concat([head, data]);
};

describe('AAC out of RTP', () => {
  let frames: { timestamp: number; bytes: Buffer }[];
  let depacketizer: AacDepacketizer;
  let sequence: number;
  const send = (timestamp: number, payload: Buffer): boolean => {
    const read = rtpPacket({ sequence: (sequence += 1), timestamp, payload });
    return depacketizer.push(read.packet, read.bytes);
  };

  beforeEach(() => {
    frames = [];
    sequence = 65_534;
    depacketizer = new AacDepacketizer((timestamp, bytes, start, end) =>
      frames.push({ timestamp, bytes: Buffer.from(bytes.subarray(start, end)) }),
    );
  });

  it('is several frames of a packet, 1024 samples apart, over the wrap of the clock', () => {
    expect(send(0xfffffe00, units([3, 2], Buffer.concat([frame(3, 1), frame(2, 2)])))).toBe(true);
    expect(frames).toEqual([
      { timestamp: 0xfffffe00, bytes: frame(3, 1) },
      { timestamp: 0x200, bytes: frame(2, 2) },
    ]);
  });

  it('is a frame over several packets', () => {
    for (const part of [frame(400, 1), frame(400, 2), frame(100, 3)]) send(7, units([900], part));
    expect(frames).toEqual([{ timestamp: 7, bytes: Buffer.concat([frame(400, 1), frame(400, 2), frame(100, 3)]) }]);
  });

  it('leaves out a frame of which a part is lost', () => {
    send(7, units([900], frame(400, 1)));
    sequence += 1;
    send(7, units([900], frame(100, 3)));
    send(8, units([2], frame(2, 4)));
    expect(frames).toEqual([{ timestamp: 8, bytes: frame(2, 4) }]);
  });

  it.each([
    ['headers of odd length', Buffer.from([0, 15, 0, 8, 1])],
    ['more headers than there is', Buffer.from([0x40, 0, 0, 8, 1])],
    ['several frames longer than there is', units([3, 9], frame(4, 1))],
    ['frames of nothing', units([0, 4], frame(4, 1))],
    ['no headers', Buffer.from([0, 0, 1, 2])],
  ])('is not %s', (_, payload) => {
    expect(send(1, payload)).toBe(false);
    expect(frames.length).toBeLessThan(2);
  });
});

describe('sound as FLV', () => {
  it('is G.711 of 8 kHz', () => {
    const media = {
      kind: 'audio',
      payloadType: 0,
      encoding: 'PCMU',
      clockRate: 8000,
      channels: 1,
      parameters: new Map(),
      control: '',
    };
    const writer = new SoundWriter({ codec: 'pcm_mulaw', media }, (timestamp) => timestamp / 8);
    const push = (timestamp: number): boolean => {
      const read = rtpPacket({ sequence: 1, timestamp, payload: Buffer.from('sound') });
      return writer.push(read.packet, read.bytes);
    };
    push(80);
    expect([writer.isHeard, writer.tags.take()]).toEqual([true, undefined]);
    writer.open();
    push(160);
    expect(flvTags(writer.tags.take()!)).toEqual([
      { type: 8, timeMs: 20, body: Buffer.concat([Buffer.from([0x82]), Buffer.from('sound')]) },
    ]);
    expect(writer.header()).toBeUndefined();
  });
});
