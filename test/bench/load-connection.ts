import { connect, type Socket } from 'node:net';

export interface LoadAnswer {
  status: number;
  zipped: boolean;
  body: Buffer;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * One kept-open HTTP/1.1 connection that asks for one thing after another. Reads only what our servers send (a length, never
 * chunks): an ordinary client costs several times what it measures, and would starve it on the same machine.
 */
export class LoadConnection {
  private socket: Socket | undefined;
  private received: Buffer[] = [];
  private length = 0;
  private wanted = 0;
  private head: { status: number; zipped: boolean; bytes: number } | undefined;
  private settle: { resolve: (answer: LoadAnswer) => void; reject: (error: Error) => void } | undefined;

  constructor(private readonly url: URL) {}

  get(path: string): Promise<LoadAnswer> {
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.open().write(`GET ${path} HTTP/1.1\r\nHost: ${this.url.host}\r\nAccept-Encoding: gzip\r\n\r\n`);
    });
  }

  close(): void {
    this.fail(new Error('the viewer left'));
  }

  private open(): Socket {
    if (this.socket) return this.socket;
    const socket = connect(Number(this.url.port), this.url.hostname).setNoDelay(true);
    socket.on('data', (chunk) => this.receive(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('the connection was closed')));
    return (this.socket = socket);
  }

  private receive(chunk: Buffer): void {
    this.received.push(chunk);
    this.length += chunk.length;
    if (this.length < this.wanted) return;
    this.head ??= this.readHead();
    if (!this.head || this.length < this.wanted) return;
    const { status, zipped, bytes } = this.head;
    const body = this.joined().subarray(bytes, this.wanted);
    const settle = this.settle;
    [this.received, this.length, this.wanted, this.head, this.settle] = [[], 0, 0, undefined, undefined];
    settle?.resolve({ status, zipped, body });
  }

  private readHead(): { status: number; zipped: boolean; bytes: number } | undefined {
    const all = this.joined();
    const end = all.indexOf(HEAD_END);
    if (end < 0) return undefined;
    const text = all.toString('latin1', 0, end);
    const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
    if (length === undefined) {
      this.fail(new Error(`an answer without a length: ${text}`));
      return undefined;
    }
    const bytes = end + HEAD_END.length;
    this.wanted = bytes + Number(length);
    return { status: Number(text.slice(9, 12)), zipped: /\r\ncontent-encoding: gzip/i.test(text), bytes };
  }

  private joined(): Buffer {
    if (this.received.length > 1) this.received = [Buffer.concat(this.received)];
    return this.received[0] ?? Buffer.alloc(0);
  }

  private fail(error: Error): void {
    const { socket, settle } = this;
    [this.socket, this.settle, this.received, this.length, this.wanted, this.head] = [undefined, undefined, [], 0, 0, undefined];
    socket
      ?.removeAllListeners()
      .on('error', () => undefined)
      .destroy();
    settle?.reject(error);
  }
}
