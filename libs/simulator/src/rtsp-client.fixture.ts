/** A source and a client that do what a spec tells them to. */
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { type Credentials, REALM, digestResponse } from './digest';
import type { MediaFormat, MediaSample, MediaSource } from './media';
import { type InterleavedFrame, interleavedFrames, nalOf } from './rtp-reader.fixture';
import type { RtspServer } from './rtsp-server';

export const SPS = nalOf('h264', 7, 12);
export const PPS = nalOf('h264', 8, 4);

/** A source that sends what it is told to, at once. */
export class HandSource implements MediaSource {
  readonly listeners = new Set<(samples: MediaSample[]) => void>();
  readonly format: MediaFormat = {
    video: { codec: 'h264', parameterSets: [SPS, PPS], fps: 10 },
    audio: { codec: 'aac', config: Buffer.from('1408', 'hex'), sampleRate: 16000, channels: 1 },
  };

  subscribe(listener: (samples: MediaSample[]) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  picture(timeMs: number, key: boolean): void {
    this.send({ kind: 'video', timeMs, key, nals: [nalOf('h264', key ? 5 : 1, 50)] });
  }

  sound(timeMs: number): void {
    this.send({ kind: 'audio', timeMs, data: Buffer.from('sound') });
  }

  private send(sample: MediaSample): void {
    for (const listener of this.listeners) listener([sample]);
  }
}

export interface Answer {
  status: number;
  text: string;
}

/** A client that sees every byte. Answers and media come out of one socket, in order. */
export class RawClient {
  private bytes: Buffer = Buffer.alloc(0);
  private number = 0;
  readonly closed: Promise<unknown>;

  private constructor(
    readonly socket: Socket,
    private readonly base: string,
  ) {
    socket.on('data', (bytes: Buffer) => (this.bytes = Buffer.concat([this.bytes, bytes])));
    socket.on('error', () => undefined);
    this.closed = once(socket, 'close').catch(() => undefined);
  }

  static async connect(server: RtspServer, path: string): Promise<RawClient> {
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawClient(socket, `rtsp://127.0.0.1:${server.port}${path}`);
  }

  async ask(
    method: string,
    options: { track?: number; headers?: string[]; login?: Credentials & { nonce: string } } = {},
  ): Promise<Answer> {
    const uri = options.track === undefined ? this.base : `${this.base}/track${options.track}`;
    const headers = [...(options.headers ?? [])];
    if (options.login) headers.push(authorization(method, uri, options.login));
    this.socket.write([`${method} ${uri} RTSP/1.0`, `CSeq: ${(this.number += 1)}`, ...headers, '', ''].join('\r\n'));
    return this.answer();
  }

  async play(): Promise<void> {
    for (const track of [0, 1]) await this.setup(track);
    const { status } = await this.ask('PLAY');
    if (status !== 200) throw new Error(`PLAY was answered with ${status}.`);
  }

  setup(track: number): Promise<Answer> {
    const channel = track * 2;
    return this.ask('SETUP', { track, headers: [`Transport: RTP/AVP/TCP;unicast;interleaved=${channel}-${channel + 1}`] });
  }

  /** The RTP frames (no sender reports) up to and with the one `isLast` accepts. */
  async framesUntil(isLast: (frame: InterleavedFrame) => boolean): Promise<InterleavedFrame[]> {
    for (;;) {
      const frames = interleavedFrames(this.wholeFrames()).filter((frame) => frame.channel % 2 === 0);
      const last = frames.findIndex(isLast);
      if (last !== -1) {
        this.bytes = Buffer.alloc(0);
        return frames.slice(0, last + 1);
      }
      await once(this.socket, 'data');
    }
  }

  private wholeFrames(): Buffer {
    let end = 0;
    while (end + 4 <= this.bytes.length && end + 4 + this.bytes.readUInt16BE(end + 2) <= this.bytes.length) {
      end += 4 + this.bytes.readUInt16BE(end + 2);
    }
    return this.bytes.subarray(0, end);
  }

  private async answer(): Promise<Answer> {
    for (;;) {
      const head = this.bytes.indexOf('\r\n\r\n');
      const length = head === -1 ? 0 : Number(/Content-Length: (\d+)/.exec(this.bytes.toString('latin1', 0, head))?.[1] ?? 0);
      if (head !== -1 && this.bytes.length >= head + 4 + length) {
        const text = this.bytes.toString('latin1', 0, head + 4 + length);
        this.bytes = this.bytes.subarray(head + 4 + length);
        return { status: Number(text.slice(9, 12)), text };
      }
      await once(this.socket, 'data');
    }
  }
}

function authorization(method: string, uri: string, login: Credentials & { nonce: string }): string {
  const response = digestResponse(login, { method, uri, realm: REALM, nonce: login.nonce });
  return `Authorization: Digest username="${login.username}", realm="${REALM}", nonce="${login.nonce}", uri="${uri}", response="${response}"`;
}
