import fc from 'fast-check';
import { ChunkReader, type RtmpMessage } from './chunk-reader';
import { writeMessage } from './chunk-writer';
import { ProtocolError } from './protocol-error';

const limits = { messageBytes: 100_000, chunkBytes: 65_536 };

function readAll(pieces: readonly Buffer[]): RtmpMessage[] {
  const reader = new ChunkReader({ ...limits });
  const messages: RtmpMessage[] = [];
  for (const piece of pieces) {
    reader.push(piece);
    for (let message = reader.next(); message; message = reader.next()) messages.push(message);
  }
  return messages;
}

const facts = ({ type, streamId, timestamp, payload }: RtmpMessage) => ({
  type,
  streamId,
  timestamp,
  payload: payload.toString('hex'),
});

/** A sender of its own: first message with a full header, the others with the header form asked for. */
interface Sent {
  readonly csid: number;
  readonly format: 0 | 1 | 2;
  readonly time: number;
  readonly body: Buffer;
}

function chunked({ csid, format, time, body }: Sent, chunkSize: number): Buffer {
  const extended = time >= 0xffffff;
  const long = Buffer.alloc(extended ? 4 : 0);
  if (extended) long.writeUInt32BE(time >>> 0);
  const basic = (kind: number) =>
    csid < 64
      ? Buffer.of((kind << 6) | csid)
      : csid < 320
        ? Buffer.of(kind << 6, csid - 64)
        : Buffer.of((kind << 6) | 1, (csid - 64) & 0xff, (csid - 64) >> 8);
  const header = Buffer.alloc([11, 7, 3][format]!);
  header.writeUIntBE(extended ? 0xffffff : time, 0, 3);
  if (format < 2) header.writeUIntBE(body.length, 3, 3);
  if (format < 2) header[6] = 9;
  if (format === 0) header.writeUInt32LE(1, 7);
  const pieces = [basic(format), header, long, body.subarray(0, chunkSize)];
  for (let at = chunkSize; at < body.length; at += chunkSize) pieces.push(basic(3), long, body.subarray(at, at + chunkSize));
  return Buffer.concat(pieces);
}

describe('ChunkReader', () => {
  it('gives the same messages however the bytes are cut', () => {
    const message = fc.record({
      csid: fc.constantFrom(3, 4, 63, 64, 319, 320, 5000),
      time: fc.oneof(fc.nat(5000), fc.constantFrom(0xfffffe, 0xffffff, 0x1000000, 0x7fffffff)),
      body: fc.uint8Array({ maxLength: 700 }),
    });
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }),
        (sent, cuts) => {
          const bodies = sent.map(({ body, ...rest }) => ({ ...rest, body: Buffer.from(body) }));
          const wire = Buffer.concat(bodies.map((one) => chunked({ ...one, format: 0 }, 128)));
          const pieces: Buffer[] = [];
          for (let at = 0, cut = 0; at < wire.length; at += cuts[cut++ % cuts.length]!) {
            pieces.push(wire.subarray(at, at + cuts[cut % cuts.length]!));
          }
          expect(readAll(pieces).map(facts)).toEqual(
            bodies.map(({ time, body }) => ({ type: 9, streamId: 1, timestamp: time, payload: body.toString('hex') })),
          );
        },
      ),
    );
  });

  it('adds up the deltas of short headers, also extended ones, and repeats the last delta for a header of no fields', () => {
    const body = Buffer.from('x');
    const first: Sent = { csid: 4, format: 0, time: 1000, body };
    const wire = [first, { ...first, format: 1 as const, time: 40 }, { ...first, format: 2 as const, time: 0x1000000 }];
    const typeThree = Buffer.concat([Buffer.of(0xc4), Buffer.of(1, 0, 0, 0), body]);
    const times = readAll([...wire.map((one) => chunked(one, 128)), typeThree]).map(({ timestamp }) => timestamp);
    expect(times).toEqual([1000, 1040, 1040 + 0x1000000, 1040 + 0x2000000]);
  });

  it('takes continued chunks with and without the extended timestamp repeated', () => {
    const body = Buffer.alloc(300, 7);
    const head = Buffer.concat([Buffer.of(4, 0xff, 0xff, 0xff, 0, 1, 44, 9, 1, 0, 0, 0), Buffer.of(1, 2, 3, 4)]);
    const bare = [head, body.subarray(0, 128), Buffer.of(0xc4), body.subarray(128, 256), Buffer.of(0xc4), body.subarray(256)];
    expect(readAll([Buffer.concat(bare)]).map(facts)).toEqual([
      { type: 9, streamId: 1, timestamp: 0x01020304, payload: body.toString('hex') },
    ]);
    const repeating = chunked({ csid: 4, format: 0, time: 0x01020304, body }, 128);
    expect(readAll([repeating]).map(facts)).toHaveLength(1);
  });

  it('puts together messages whose chunks are interleaved', () => {
    const video = chunked({ csid: 6, format: 0, time: 1, body: Buffer.alloc(200, 1) }, 128);
    const audio = chunked({ csid: 4, format: 0, time: 2, body: Buffer.alloc(5, 2) }, 128);
    const cut = 12 + 128;
    const messages = readAll([video.subarray(0, cut), audio, video.subarray(cut)]);
    expect(messages.map(({ timestamp, payload }) => [timestamp, payload.length])).toEqual([
      [2, 5],
      [1, 200],
    ]);
  });

  it('obeys Set Chunk Size and Abort', () => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(1000);
    const half = chunked({ csid: 6, format: 0, time: 1, body: Buffer.alloc(1500, 1) }, 1000).subarray(0, 12 + 1000);
    const whole = chunked({ csid: 6, format: 0, time: 2, body: Buffer.alloc(900, 3) }, 1000);
    const abort = writeMessage(2, 2, 0, Buffer.of(0, 0, 0, 6));
    const messages = readAll([writeMessage(2, 1, 0, size), half, abort, whole]);
    expect(messages.map(({ timestamp, payload }) => [timestamp, payload.length])).toEqual([[2, 900]]);
  });

  it('looks at nothing behind the message that was taken', () => {
    const reader = new ChunkReader({ ...limits });
    reader.push(Buffer.concat([writeMessage(3, 20, 0, Buffer.from('publish')), Buffer.of(0xff, 0xff, 0xff, 0xff)]));
    expect(reader.next()?.payload.toString()).toBe('publish');
    expect(() => reader.next()).toThrow(ProtocolError);
  });

  const control = (type: number, value: number) => {
    const body = Buffer.alloc(4);
    body.writeUInt32BE(value);
    return writeMessage(2, type, 0, body);
  };
  it.each([
    ['a message over the limit', chunked({ csid: 4, format: 0, time: 0, body: Buffer.alloc(100_001) }, 128), 'message-too-large'],
    ['a chunk size of zero', control(1, 0), 'bad-chunk'],
    ['a chunk size over the limit', control(1, 65_537), 'bad-chunk'],
    ['a control message that is too short', writeMessage(2, 1, 0, Buffer.of(1)), 'bad-chunk'],
    ['a first chunk without a full header', Buffer.of(0xc4, 0, 0, 0), 'bad-chunk'],
    ['a hundred chunk streams', Buffer.concat(manyStreams(100)), 'bad-chunk'],
    ['many half messages at once', Buffer.concat(halfMessages(5)), 'message-too-large'],
  ])('refuses %s', (_, wire, reason) => {
    expect(() => readAll([wire])).toThrow(expect.objectContaining({ name: 'ProtocolError', reason }) as Error);
  });

  it('survives any bytes: messages or a ProtocolError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          readAll([Buffer.from(bytes)]);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

function manyStreams(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) => chunked({ csid: 64 + index, format: 0, time: 0, body: Buffer.of(1) }, 128));
}

function halfMessages(count: number): Buffer[] {
  return Array.from({ length: count }, (_, index) =>
    chunked({ csid: 4 + index, format: 0, time: 0, body: Buffer.alloc(90_000) }, 128).subarray(0, 12 + 128),
  );
}
