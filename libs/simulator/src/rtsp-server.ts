import { once } from 'node:events';
import { type AddressInfo, type Server, createServer } from 'node:net';
import type { Credentials } from './digest';
import type { MediaSource } from './media';
import { RtspConnection } from './rtsp-connection';
import { RtspStream } from './rtsp-stream';

/** RTSP 1.0 over TCP with interleaved media only (UDP: 461), on 127.0.0.1. Cameras and tests, not the internet. */
export class RtspServer {
  private readonly streams = new Map<string, RtspStream>();
  private readonly connections = new Set<RtspConnection>();
  private server: Server | undefined;
  private boundPort = 0;

  get port(): number {
    return this.boundPort;
  }

  /** Port 0: any free one. Rejects with the system's error when the port is taken. */
  async listen(port = 0): Promise<number> {
    const server = createServer((socket) => {
      const connection = new RtspConnection(socket, (path) => this.streams.get(path));
      this.connections.add(connection);
      socket.on('close', () => this.connections.delete(connection));
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.server = server;
    this.boundPort = (server.address() as AddressInfo).port;
    return this.boundPort;
  }

  /** `path` starts with a slash. Throws when it is taken. */
  addStream(path: string, source: MediaSource, credentials?: Credentials): RtspStream {
    if (this.streams.has(path)) throw new Error(`There is already a stream at ${path}.`);
    const stream = new RtspStream(path, source, credentials);
    this.streams.set(path, stream);
    return stream;
  }

  removeStream(path: string): void {
    this.streams.get(path)?.close();
    this.streams.delete(path);
  }

  urlOf(stream: RtspStream): string {
    const login = stream.credentials
      ? `${encodeURIComponent(stream.credentials.username)}:${encodeURIComponent(stream.credentials.password)}@`
      : '';
    return `rtsp://${login}127.0.0.1:${this.port}${stream.path}`;
  }

  /** Cuts everybody off and refuses new connections, as a camera whose service is down, until `acceptConnections`. */
  async refuseConnections(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    for (const connection of this.connections) connection.close();
    if (!server) return;
    server.close();
    await once(server, 'close');
  }

  async acceptConnections(): Promise<void> {
    if (!this.server) await this.listen(this.boundPort);
  }

  async close(): Promise<void> {
    for (const path of [...this.streams.keys()]) this.removeStream(path);
    await this.refuseConnections();
  }
}
