import { encodeAmf0 } from './amf0';
import { writeMessage } from './chunk-writer';
import { RtmpListener } from './listener';
import { TestPublisher, audioMessage, videoMessage } from './test-publisher';
import { type PublishEnd, type PublishSink, type PublishedCodecs, type RtmpLimits } from './types';

class RecordingSink implements PublishSink {
  codecs: PublishedCodecs | undefined;
  readonly bytes: Buffer[] = [];
  readonly ended: Promise<PublishEnd>;
  readonly written: Promise<void>;
  private settle!: (reason: PublishEnd) => void;
  private firstWrite!: () => void;

  constructor() {
    this.ended = new Promise((resolve) => (this.settle = resolve));
    this.written = new Promise((resolve) => (this.firstWrite = resolve));
  }
  start(codecs: PublishedCodecs): void {
    this.codecs = codecs;
  }
  write(buffers: readonly Buffer[]): void {
    this.bytes.push(...buffers);
    this.firstWrite();
  }
  end(reason: PublishEnd): void {
    this.settle(reason);
  }
}

interface Setup {
  readonly listener: RtmpListener;
  readonly port: number;
  readonly sinks: RecordingSink[];
  /** The reason of the next end of a connection. */
  readonly nextEnd: () => Promise<PublishEnd>;
}

const open: RtmpListener[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((listener) => listener.close()));
});

async function listen(limits: Partial<RtmpLimits> = {}, write?: RecordingSink['write']): Promise<Setup> {
  const sinks: RecordingSink[] = [];
  const ends: PublishEnd[] = [];
  let wake: (() => void) | undefined;
  const listener = new RtmpListener({
    port: 0,
    host: '127.0.0.1',
    limits: { batchMs: 5, ...limits },
    authorize: async (streamKey) => {
      if (streamKey === 'broken') throw new Error('no database');
      if (streamKey !== 'good') return undefined;
      const sink = new RecordingSink();
      if (write) sink.write = write;
      sinks.push(sink);
      return sink;
    },
    onClosed: ({ reason }) => {
      ends.push(reason);
      wake?.();
    },
  });
  open.push(listener);
  const nextEnd = async (): Promise<PublishEnd> => {
    while (ends.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return ends.shift()!;
  };
  return { listener, port: await listener.listen(), sinks, nextEnd };
}

describe('RtmpListener', () => {
  it('gives the media of a known key to its sink as FLV, header and codecs first', async () => {
    const { listener, port, sinks, nextEnd } = await listen();
    const camera = await TestPublisher.connect(port);
    const metadata = writeMessage(4, 18, 1, encodeAmf0('@setDataFrame', 'onMetaData', { audiocodecid: 10, width: 640 }));
    camera.publish('good?token=1', metadata, videoMessage(), audioMessage());
    expect(await camera.status()).toMatchObject({ level: 'status', code: 'NetStream.Publish.Start' });
    await sinks[0]!.written;
    expect(sinks[0]!.codecs).toEqual({ video: 'h264', audio: 'aac' });
    const flv = Buffer.concat(sinks[0]!.bytes);
    expect(flv.subarray(0, 13).toString('hex')).toBe('464c5601050000000900000000');
    expect(tagTypes(flv)).toEqual([18, 9, 8]);
    expect(flv.includes('@setDataFrame')).toBe(false);
    expect(listener.stats()).toEqual({ connections: 1, publishing: 1, mediaMessages: 2, mediaBytes: 10 });
    camera.command('deleteStream', 6, null, 1);
    expect(await sinks[0]!.ended).toBe('unpublished');
    expect(await nextEnd()).toBe('unpublished');
  });

  it.each(['unknown', 'broken'])('refuses the key "%s" with BadName, without taking the media sent with it', async (key) => {
    const { listener, port, sinks, nextEnd } = await listen();
    const camera = await TestPublisher.connect(port);
    camera.publish(key, videoMessage(), audioMessage());
    expect(await camera.status()).toMatchObject({ level: 'error', code: 'NetStream.Publish.BadName' });
    expect(await nextEnd()).toBe('refused');
    await camera.closed;
    expect(sinks).toEqual([]);
    expect(listener.stats()).toMatchObject({ mediaMessages: 0, mediaBytes: 0 });
  });

  it('lets the newer of two pushes of one key win', async () => {
    const { listener, port, sinks } = await listen();
    const older = await TestPublisher.connect(port);
    older.publish('good', videoMessage());
    await older.status();
    const newer = await TestPublisher.connect(port);
    newer.publish('good', videoMessage(), audioMessage());
    await newer.status();
    expect(await sinks[0]!.ended).toBe('replaced');
    await older.closed;
    await sinks[1]!.written;
    expect(listener.stats()).toMatchObject({ connections: 1, publishing: 1 });
  });

  it('gives what has come to the sink before its end', async () => {
    const { port, sinks } = await listen({ batchMs: 60_000 });
    const camera = await TestPublisher.connect(port);
    camera.publish('good', videoMessage(), audioMessage(), writeMessage(3, 20, 1, encodeAmf0('FCUnpublish', 6, null, 'good')));
    await camera.closed;
    expect(await sinks[0]!.ended).toBe('unpublished');
    expect(tagTypes(Buffer.concat(sinks[0]!.bytes))).toEqual([9, 8]);
  });

  it('reads no more from a camera while its sink is busy, and goes on afterwards', async () => {
    let release!: () => void;
    let writes = 0;
    let first!: () => void;
    let second!: () => void;
    const wroteOnce = new Promise<void>((resolve) => (first = resolve));
    const wroteTwice = new Promise<void>((resolve) => (second = resolve));
    const { listener, port } = await listen({}, () => {
      writes += 1;
      first();
      if (writes === 2) second();
      return writes === 1 ? (new Promise<void>((resolve) => (release = resolve)) as never) : undefined;
    });
    const camera = await TestPublisher.connect(port);
    camera.publish('good', videoMessage(), audioMessage());
    await camera.status();
    await wroteOnce;
    const flood = videoMessage(Buffer.alloc(4096, 0x27));
    for (let sent = 0; sent < 4096; sent += 1) camera.socket.write(flood);
    // A whole batch time later nothing more was taken.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(listener.stats().mediaBytes).toBeLessThan(1 << 20);
    expect(writes).toBe(1);
    release();
    await wroteTwice;
  });

  it.each([
    ['a first byte that is not RTMP', Buffer.from('GET / HTTP/1.1\r\n\r\n'), 'bad-handshake'],
    ['garbage behind the handshake', Buffer.concat([Buffer.of(3), Buffer.alloc(3072), Buffer.alloc(64, 0xff)]), 'bad-chunk'],
    [
      'a command of more than 64 kB before the publish',
      Buffer.concat([Buffer.of(3), Buffer.alloc(3072), writeMessage(3, 20, 0, Buffer.alloc(70_000))]),
      'message-too-large',
    ],
    ['media without a publish', Buffer.concat([Buffer.of(3), Buffer.alloc(3072), videoMessage()]), 'bad-command'],
    [
      'a publish before connect',
      Buffer.concat([Buffer.of(3), Buffer.alloc(3072), writeMessage(3, 20, 0, encodeAmf0('publish', 1, null, 'good', 'live'))]),
      'bad-command',
    ],
    [
      'a player',
      Buffer.concat([
        Buffer.of(3),
        Buffer.alloc(3072),
        writeMessage(3, 20, 0, encodeAmf0('connect', 1, { app: 'live' })),
        writeMessage(3, 20, 0, encodeAmf0('play', 2, null, 'good')),
      ]),
      'play-unsupported',
    ],
  ])('ends the connection of %s, and only that', async (_, wire, reason) => {
    const { listener, port, sinks, nextEnd } = await listen();
    const good = await TestPublisher.connect(port);
    good.publish('good', videoMessage(), audioMessage());
    await good.status();
    const bad = await TestPublisher.connect(port);
    bad.socket.write(wire);
    expect(await nextEnd()).toBe(reason);
    await bad.closed;
    await sinks[0]!.written;
    expect(listener.stats()).toMatchObject({ connections: 1, publishing: 1 });
  });

  it('ends a push whose message is over the limit', async () => {
    const { port, sinks } = await listen({ messageBytes: 100_000 });
    const camera = await TestPublisher.connect(port);
    camera.publish('good', videoMessage(Buffer.alloc(100_001, 0x17)));
    await camera.closed;
    expect(await sinks[0]!.ended).toBe('message-too-large');
  });

  it('ends a connection that never publishes', async () => {
    const { port, nextEnd } = await listen({ handshakeMs: 500 });
    const mute = await TestPublisher.connect(port);
    expect(await nextEnd()).toBe('handshake-timeout');
    await mute.closed;
  });

  it('ends a push that falls silent', async () => {
    const { port, sinks } = await listen({ idleMs: 30 });
    const camera = await TestPublisher.connect(port);
    camera.publish('good', videoMessage(), audioMessage());
    await camera.status();
    expect(await sinks[0]!.ended).toBe('idle');
  });

  it('takes only so many connections that have not published', async () => {
    const { port, nextEnd } = await listen({ handshakes: 1 });
    await TestPublisher.connect(port);
    const second = await TestPublisher.connect(port);
    expect(await nextEnd()).toBe('too-many-handshakes');
    await second.closed;
  });

  it('ends a push whose sink fails', async () => {
    const { port, sinks } = await listen({}, () => {
      throw new Error('pipe is gone');
    });
    const camera = await TestPublisher.connect(port);
    camera.publish('good', videoMessage(), audioMessage());
    await camera.closed;
    expect(await sinks[0]!.ended).toBe('sink-failed');
  });

  it('ends every push when it is closed, frees its port, and says so when a port is taken', async () => {
    const { listener, port, sinks } = await listen();
    const camera = await TestPublisher.connect(port);
    camera.publish('good', videoMessage());
    await camera.status();
    const rival = new RtmpListener({ port, host: '127.0.0.1', authorize: async () => undefined });
    await expect(rival.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await listener.close();
    expect(await sinks[0]!.ended).toBe('stopped');
    await camera.closed;
    open.push(rival);
    expect(await rival.listen()).toBe(port);
  });
});

function tagTypes(flv: Buffer): number[] {
  const types: number[] = [];
  for (let at = 13; at < flv.length; at += 15 + flv.readUIntBE(at + 1, 3)) types.push(flv[at]!);
  return types;
}
