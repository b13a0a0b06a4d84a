import { InterleavedReader } from './interleaved-reader';
import type { RtspResponse } from './response';
import { type RtspEndReason, RtspFault } from './types';

const fault = (reason: RtspEndReason): Error => expect.objectContaining({ reason }) as Error;
const framed = (channel: number, data: string): Buffer =>
  Buffer.concat([Buffer.from([0x24, channel, data.length >> 8, data.length & 0xff]), Buffer.from(data)]);
const ANSWER =
  'RTSP/1.0 200 OK\r\nCSeq: 3\r\nWWW-Authenticate: Basic\r\nWWW-Authenticate: Digest x\r\nContent-Length: 4\r\n\r\nv=0\n';
const PLAIN = Buffer.from('RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n');

describe('the byte stream of a camera', () => {
  let frames: string[];
  let answers: RtspResponse[];
  let reader: InterleavedReader;
  beforeEach(() => {
    [frames, answers] = [[], []];
    reader = new InterleavedReader({
      frame: (channel, bytes, start, end) => {
        frames.push(`${channel}:${bytes.toString('latin1', start, end)}`);
        return channel < 4;
      },
      response: (response) => answers.push(response),
    });
  });

  it('is frames and answers, however it is cut', () => {
    const stream = Buffer.concat([
      Buffer.from(ANSWER),
      framed(0, 'first'),
      framed(1, ''),
      Buffer.from(ANSWER),
      framed(2, 'second'),
    ]);
    for (let size = 1; size <= stream.length; size += 1) {
      [frames, answers] = [[], []];
      // A read buffer is used again: nothing may be taken from it later.
      const shared = Buffer.alloc(size);
      for (let at = 0; at < stream.length; at += size) {
        const length = stream.copy(shared, 0, at, at + size);
        reader.push(shared.subarray(0, length));
        shared.fill(0xff);
      }
      expect(frames).toEqual(['0:first', '1:', '2:second']);
      expect(answers.map(({ status, body }) => [status, body])).toEqual([
        [200, 'v=0\n'],
        [200, 'v=0\n'],
      ]);
    }
    expect(answers[0]?.headers.get('www-authenticate')).toEqual(['Basic', 'Digest x']);
  });

  it('is not RTSP when something else answers', () => {
    expect(() => reader.push(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))).toThrow(fault('not-rtsp'));
  });

  it('goes on behind stray bytes and requests of the server', () => {
    reader.push(PLAIN);
    reader.push(
      Buffer.concat([
        Buffer.from('\r\n\0\0odd'),
        framed(0, 'a'),
        Buffer.from('OPTIONS * RTSP/1.0\r\nCSeq: 7\r\n\r\n'),
        framed(0, 'b'),
      ]),
    );
    expect(frames).toEqual(['0:a', '0:b']);
    expect(answers).toHaveLength(1);
  });

  it('passes over channels that are not ours, but not for ever', () => {
    reader.push(PLAIN);
    const stranger = framed(9, 'x'.repeat(60_000));
    reader.push(stranger);
    reader.push(framed(0, 'ours'));
    reader.push(stranger);
    expect(frames).toContain('0:ours');
    expect(() => reader.push(stranger)).toThrow(fault('media-invalid'));
  });

  it('gives garbage up after 64 kB', () => {
    reader.push(PLAIN);
    const garbage = Buffer.alloc(10_000, 'garbage');
    expect(() => {
      for (let count = 0; count < 7; count += 1) reader.push(garbage);
    }).toThrow(fault('media-invalid'));
  });

  it.each([
    ['a head without an end', Buffer.from(`RTSP/1.0 200 OK\r\nX: ${'x'.repeat(20_000)}`)],
    ['a body without an end', Buffer.from('RTSP/1.0 200 OK\r\nContent-Length: 999999999\r\n\r\n')],
  ])('does not wait for %s', (_, bytes) => {
    expect(() => reader.push(bytes)).toThrow(RtspFault);
  });
});
