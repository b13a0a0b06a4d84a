import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { type ConnectionHost, RtmpConnection } from './connection';
import { type PublishEnd, type RtmpLimits, type RtmpListenerOptions } from './types';

const DEFAULT_LIMITS: RtmpLimits = {
  messageBytes: 8 << 20,
  chunkBytes: 8 << 20,
  handshakeMs: 10_000,
  idleMs: 10_000,
  handshakes: 256,
  batchMs: 60,
};

/** `publishing`: granted pushes. The media counts are totals since the start, audio and video messages only. */
export interface RtmpStats {
  readonly connections: number;
  readonly publishing: number;
  readonly mediaMessages: number;
  readonly mediaBytes: number;
}

/**
 * Takes RTMP pushes and gives their media as FLV to sinks. Publishing only. A push of a key that is already publishing wins over
 * the older one (a camera that reconnects): the older sink has its `end('replaced')` before the newer one has its `start`.
 */
export class RtmpListener {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly connections = new Set<RtmpConnection>();
  private readonly byKey = new Map<string, RtmpConnection>();
  private readonly limits: RtmpLimits;
  private pastMessages = 0;
  private pastBytes = 0;

  constructor(private readonly options: RtmpListenerOptions) {
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.server = createServer({ highWaterMark: 1 }, (socket) => this.take(socket));
  }

  /** Gives the port that is listened on. Rejects with the system's error, EADDRINUSE when the port is taken. */
  async listen(): Promise<number> {
    this.server.listen(this.options.port, this.options.host);
    await once(this.server, 'listening');
    // Running out of file descriptors is reported here; those already connected go on.
    this.server.on('error', () => undefined);
    return (this.server.address() as AddressInfo).port;
  }

  /** Ends every push with `stopped` and frees the port. */
  async close(): Promise<void> {
    const closed = this.server.listening ? once(this.server, 'close') : undefined;
    this.server.close();
    for (const connection of [...this.connections]) connection.end('stopped', 'The listener was closed.');
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  /** Ends the push of this key, if there is one. */
  disconnect(streamKey: string, reason: PublishEnd = 'refused'): void {
    this.byKey.get(streamKey)?.end(reason, 'Ended from our side.');
  }

  stats(): RtmpStats {
    const live = [...this.connections];
    return {
      connections: live.length,
      publishing: this.byKey.size,
      mediaMessages: live.reduce((sum, { counts }) => sum + counts.mediaMessages, this.pastMessages),
      mediaBytes: live.reduce((sum, { counts }) => sum + counts.mediaBytes, this.pastBytes),
    };
  }

  private take(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    const connection = new RtmpConnection(socket, this.host);
    this.connections.add(connection);
    if (this.connections.size - this.byKey.size > this.limits.handshakes) {
      connection.end('too-many-handshakes', 'Too many connections have not published yet.');
      socket.destroy();
    }
  }

  private get host(): ConnectionHost {
    return {
      limits: this.limits,
      authorize: (streamKey, remote) => this.options.authorize(streamKey, remote),
      granted: (connection, streamKey) => {
        this.byKey.get(streamKey)?.end('replaced', 'The same key is published by a newer connection.');
        this.byKey.set(streamKey, connection);
      },
      ended: (connection, reason, detail) => this.forget(connection, reason, detail),
    };
  }

  private forget(connection: RtmpConnection, reason: PublishEnd, detail: string): void {
    if (!this.connections.delete(connection)) return;
    for (const [key, holder] of this.byKey) if (holder === connection) this.byKey.delete(key);
    this.pastMessages += connection.counts.mediaMessages;
    this.pastBytes += connection.counts.mediaBytes;
    this.options.onClosed?.({ reason, remote: connection.remote, detail });
  }
}
