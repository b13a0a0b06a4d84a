import { type Socket, connect } from 'node:net';
import { once } from 'node:events';
import { type AmfValue, decodeAmf0, encodeAmf0 } from './amf0';
import { ChunkReader } from './chunk-reader';
import { OUT_CHUNK_SIZE, writeMessage } from './chunk-writer';

const HANDSHAKE = 1 + 2 * 1536;

/** The other end of a connection, for specs: handshakes, sends commands and media, collects what it is told. */
export class TestPublisher {
  readonly told: AmfValue[][] = [];
  readonly closed: Promise<unknown>;
  private readonly reader = new ChunkReader({ messageBytes: 1 << 20, chunkBytes: 1 << 20 });
  private greeting = Buffer.alloc(0);
  private waiting: (() => void)[] = [];

  private constructor(readonly socket: Socket) {
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => this.take(bytes));
  }

  static async connect(port: number): Promise<TestPublisher> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new TestPublisher(socket);
  }

  /** Everything up to and including publish, in one write, with `behind` in the same write. */
  publish(streamKey: string, ...behind: Buffer[]): void {
    const commands = [
      encodeAmf0('connect', 1, { app: 'live', tcUrl: 'rtmp://127.0.0.1/live', type: 'nonprivate' }),
      encodeAmf0('releaseStream', 2, null, streamKey),
      encodeAmf0('FCPublish', 3, null, streamKey),
      encodeAmf0('createStream', 4, null),
      encodeAmf0('publish', 5, null, streamKey, 'live'),
    ].map((command) => writeMessage(3, 20, 0, command));
    const hello = Buffer.concat([Buffer.of(3), Buffer.alloc(2 * 1536)]);
    this.socket.write(Buffer.concat([hello, setChunkSize(), ...commands, ...behind]));
  }

  command(...values: AmfValue[]): void {
    this.socket.write(writeMessage(3, 20, 1, encodeAmf0(...values)));
  }

  /** The status object of the first onStatus, once it is there. */
  async status(): Promise<{ level: string; code: string }> {
    for (;;) {
      const status = this.told.find(([name]) => name === 'onStatus')?.[3];
      if (status) return status as { level: string; code: string };
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private take(bytes: Buffer): void {
    let chunks = bytes;
    if (this.greeting.length < HANDSHAKE) {
      this.greeting = Buffer.concat([this.greeting, bytes]);
      if (this.greeting.length < HANDSHAKE) return;
      chunks = this.greeting.subarray(HANDSHAKE);
      this.greeting = this.greeting.subarray(0, HANDSHAKE);
    }
    this.reader.push(chunks);
    for (let message = this.reader.next(); message; message = this.reader.next()) {
      if (message.type === 20) this.told.push(decodeAmf0(message.payload));
    }
    for (const wake of this.waiting.splice(0)) wake();
  }
}

/** What `writeMessage` cuts by. */
function setChunkSize(): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(OUT_CHUNK_SIZE);
  return writeMessage(2, 1, 0, size);
}

/** An AVC sequence header or a frame of picture, as the body of a message. */
export function videoMessage(body: Buffer = Buffer.of(0x17, 0, 0, 0, 0, 1)): Buffer {
  return writeMessage(6, 9, 1, body);
}

export function audioMessage(body: Buffer = Buffer.of(0xaf, 0, 0x11, 0x90)): Buffer {
  return writeMessage(4, 8, 1, body);
}
