import { type Socket } from 'node:net';
import { FlvBatch } from './flv-batch';
import { ProtocolError } from './protocol-error';
import { RtmpSession, type SessionStep } from './session';
import { type PublishEnd, type PublishSink, type RemoteAddress, type RtmpLimits } from './types';

/** What a connection needs of its listener. */
export interface ConnectionHost {
  readonly limits: RtmpLimits;
  authorize(streamKey: string, remote: RemoteAddress): Promise<PublishSink | undefined>;
  /** Called before any media is read. The listener then ends an older push of the same key. */
  granted(connection: RtmpConnection, streamKey: string): void;
  ended(connection: RtmpConnection, reason: PublishEnd, detail: string): void;
}

/** How long a closing connection may take to read our last words, in milliseconds. */
const LINGER_MS = 1_000;

/** Node reads a socket in pieces of this size; a full one means that more is waiting. */
const FULL_READ = 64 * 1024;

/**
 * The socket of one push: reads while its sink keeps up, and ends exactly once with a reason.
 *
 * A camera sends some seventy small packets a second, and each costs a wake-up and a read. So once it publishes, its socket rests
 * between reads and the kernel collects: one read and one write to the sink in each `batchMs`. This needs a socket whose high
 * water mark is one byte, else Node goes on reading into its own buffer while paused.
 */
export class RtmpConnection {
  readonly remote: RemoteAddress;
  private readonly batch = new FlvBatch();
  private readonly session: RtmpSession;
  private readonly deadline: NodeJS.Timeout;
  private sink: PublishSink | undefined;
  private resting: NodeJS.Timeout | undefined;
  private writing = false;
  private over = false;

  constructor(
    private readonly socket: Socket,
    private readonly host: ConnectionHost,
  ) {
    this.remote = { address: socket.remoteAddress ?? 'unknown', port: socket.remotePort ?? 0 };
    this.session = new RtmpSession(host.limits, (bytes) => socket.write(bytes), this.batch);
    this.deadline = setTimeout(() => this.end('handshake-timeout', 'No publish in time.'), host.limits.handshakeMs);
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => this.take(bytes));
    socket.on('timeout', () => this.timedOut());
    socket.on('error', (error) => this.end('disconnected', error.message));
    socket.on('close', () => this.end('disconnected', 'The peer closed the connection.'));
    socket.on('end', () => this.end('disconnected', 'The peer ended the connection.'));
  }

  get publishing(): boolean {
    return this.sink !== undefined && !this.over;
  }

  get counts(): { readonly mediaMessages: number; readonly mediaBytes: number } {
    return this.session.counts;
  }

  /** What has arrived is given to the sink before its end. */
  end(reason: PublishEnd, detail: string): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.deadline);
    clearTimeout(this.resting);
    this.closeSocket();
    this.endSink(reason);
    this.host.ended(this, reason, detail);
  }

  private take(bytes: Buffer): void {
    this.step(() => this.session.take(bytes, Date.now()));
    if (!this.publishing) return;
    this.flush();
    if (bytes.length < FULL_READ) this.rest();
  }

  private rest(): void {
    if (this.over) return;
    this.socket.pause();
    this.resting ??= setTimeout(() => {
      this.resting = undefined;
      this.readOn();
    }, this.host.limits.batchMs);
  }

  private readOn(): void {
    if (!this.over && !this.writing && !this.resting) this.socket.resume();
  }

  private step(advance: () => SessionStep): void {
    if (this.over) return;
    try {
      this.follow(advance());
    } catch (error) {
      // Whatever a peer sends ends its own connection only, also where it finds a mistake of ours.
      this.end(error instanceof ProtocolError ? error.reason : 'bad-command', (error as Error).message);
    }
  }

  private follow(step: SessionStep): void {
    if (step.kind === 'publish') return void this.ask(step.streamKey);
    if (step.kind === 'end') this.end(step.reason, 'The peer asked for the end.');
  }

  private async ask(streamKey: string): Promise<void> {
    this.socket.pause();
    const sink = await this.host.authorize(streamKey, this.remote).catch((error: unknown) => error as Error);
    if (this.over) return sink instanceof Error ? undefined : sink?.end('disconnected');
    if (!sink || sink instanceof Error) {
      this.session.refuse();
      return this.end('refused', sink ? `The key could not be looked up: ${sink.message}` : 'The stream key is unknown.');
    }
    clearTimeout(this.deadline);
    this.socket.setTimeout(this.host.limits.idleMs);
    this.host.granted(this, streamKey);
    this.sink = sink;
    this.step(() => this.session.accept(Date.now()));
    this.flush();
    this.readOn();
  }

  private flush(): void {
    if (this.writing || !this.sink || this.over) return;
    const { buffers, first } = this.batch.take(Date.now());
    if (buffers.length === 0) return;
    try {
      if (first) this.sink.start?.(this.batch.codecs);
      const written = this.sink.write(buffers);
      if (written) void this.holdUntil(written);
    } catch (error) {
      this.end('sink-failed', (error as Error).message);
    }
  }

  /** No more is read from the camera until the sink has taken what it was given. */
  private async holdUntil(written: Promise<void>): Promise<void> {
    this.writing = true;
    this.socket.pause();
    try {
      await written;
    } catch (error) {
      return this.end('sink-failed', (error as Error).message);
    } finally {
      this.writing = false;
    }
    this.flush();
    this.readOn();
  }

  private timedOut(): void {
    if (this.writing) this.end('sink-failed', 'The media was not taken in time.');
    else this.end('idle', 'The peer sent nothing.');
  }

  private endSink(reason: PublishEnd): void {
    const sink = this.sink;
    if (!sink) return;
    if (reason !== 'sink-failed') void this.giveLast(sink);
    sink.end(reason);
  }

  /** The connection is over either way: that the last bytes could not be taken is told by the sink's own end. */
  private async giveLast(sink: PublishSink): Promise<void> {
    const { buffers, first } = this.batch.take(Date.now());
    if (buffers.length === 0) return;
    try {
      if (first) sink.start?.(this.batch.codecs);
      await sink.write(buffers);
    } catch {
      return;
    }
  }

  /**
   * Our last words are delivered: closing with unread bytes would reset the connection and lose them, so what still comes is
   * thrown away unread for a moment.
   */
  private closeSocket(): void {
    this.socket.removeAllListeners('data');
    if (this.socket.destroyed) return;
    this.socket.end();
    this.socket.resume();
    const linger = setTimeout(() => this.socket.destroy(), LINGER_MS);
    this.socket.once('close', () => clearTimeout(linger));
  }
}
