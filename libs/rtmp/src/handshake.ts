import { randomBytes } from 'node:crypto';
import { ProtocolError } from './protocol-error';

const VERSION = 3;
const SIZE = 1536;

/**
 * The simple handshake (RTMP 1.0, section 5.2), as encoders speak it. S1 carries no server version, so clients do not look for
 * the digests of the complex one. C2 is counted, not compared: encoders are careless with it.
 */
export class ServerHandshake {
  private received = Buffer.alloc(0);
  private answered = false;

  /** Null while more bytes are needed. `rest` belongs to the chunk stream. Throws ProtocolError. */
  take(bytes: Buffer): { readonly reply: Buffer | undefined; readonly rest: Buffer | null } {
    this.received = Buffer.concat([this.received, bytes]);
    if (this.received.length > 0 && this.received[0] !== VERSION) {
      throw new ProtocolError('bad-handshake', 'The first byte is not that of RTMP.');
    }
    const reply = this.answer();
    const end = 1 + 2 * SIZE;
    return { reply, rest: this.received.length >= end ? this.received.subarray(end) : null };
  }

  private answer(): Buffer | undefined {
    if (this.answered || this.received.length < 1 + SIZE) return undefined;
    this.answered = true;
    const s1 = Buffer.concat([Buffer.alloc(8), randomBytes(SIZE - 8)]);
    return Buffer.concat([Buffer.of(VERSION), s1, this.received.subarray(1, 1 + SIZE)]);
  }
}
