import { AmfError } from './amf0';
import { type ChunkLimits, ChunkReader, type RtmpMessage } from './chunk-reader';
import { CommandFlow } from './command-flow';
import { AUDIO, VIDEO, splitAggregate } from './flv';
import { type FlvBatch } from './flv-batch';
import { ServerHandshake } from './handshake';
import { ProtocolError } from './protocol-error';
import { type PublishEnd } from './types';

/** Before a publish is authorised only commands are due; they are small. */
const COMMAND_BYTES = 64 * 1024;

/** What the bytes so far ask of the connection; `waiting`: go on with `resume` once the publish is decided. */
export type SessionStep =
  | { readonly kind: 'more' }
  | { readonly kind: 'publish'; readonly streamKey: string }
  | { readonly kind: 'end'; readonly reason: PublishEnd };

const MORE: SessionStep = { kind: 'more' };

/**
 * One RTMP connection without its socket. Between a publish command and `accept` no byte behind the command is read, so the
 * media of a refused push is never taken.
 */
export class RtmpSession {
  readonly counts = { mediaMessages: 0, mediaBytes: 0 };
  private readonly handshake = new ServerHandshake();
  private readonly reader: ChunkReader;
  private readonly chunkLimits: ChunkLimits;
  private readonly flow: CommandFlow;
  private shaken = false;
  private publishing = false;
  private received = 0;
  private acknowledged = 0;
  private window = 2_500_000;

  constructor(
    private readonly limits: Readonly<ChunkLimits>,
    private readonly send: (bytes: Buffer) => void,
    private readonly batch: FlvBatch,
  ) {
    this.chunkLimits = { chunkBytes: limits.chunkBytes, messageBytes: Math.min(COMMAND_BYTES, limits.messageBytes) };
    this.reader = new ChunkReader(this.chunkLimits);
    this.flow = new CommandFlow(send);
  }

  /** Takes bytes off the wire. Throws ProtocolError; the session is then dead. */
  take(bytes: Buffer, nowMs: number): SessionStep {
    this.count(bytes.length);
    const chunks = this.shaken ? bytes : this.shake(bytes);
    if (!chunks) return MORE;
    this.reader.push(chunks);
    return this.read(nowMs);
  }

  /** The publish is granted; reads what has come since. Throws ProtocolError. */
  accept(nowMs: number): SessionStep {
    this.publishing = true;
    this.chunkLimits.messageBytes = this.limits.messageBytes;
    this.flow.accept();
    return this.read(nowMs);
  }

  refuse(): void {
    this.flow.refuse();
  }

  private shake(bytes: Buffer): Buffer | null {
    const { reply, rest } = this.handshake.take(bytes);
    if (reply) this.send(reply);
    this.shaken = rest !== null;
    return rest;
  }

  private read(nowMs: number): SessionStep {
    for (let message = this.reader.next(); message; message = this.reader.next()) {
      const step = this.handle(message, nowMs);
      if (step.kind !== 'more') return step;
    }
    return MORE;
  }

  private handle(message: RtmpMessage, nowMs: number): SessionStep {
    switch (message.type) {
      case 4:
        this.flow.userControl(message);
        return MORE;
      case 5:
        if (message.payload.length >= 4) this.window = Math.max(1, message.payload.readUInt32BE(0));
        return MORE;
      case 8:
      case 9:
      case 18:
        return this.media(message, nowMs);
      case 15:
        return this.media({ ...message, type: 18, payload: message.payload.subarray(1) }, nowMs);
      case 22:
        for (const inner of splitAggregate(message)) this.media(inner, nowMs);
        return MORE;
      case 17:
      case 20: {
        const asked = this.flow.command(message);
        return asked.kind === 'nothing' ? MORE : asked;
      }
      default:
        return MORE;
    }
  }

  private media(message: RtmpMessage, nowMs: number): SessionStep {
    if (!this.publishing) throw new ProtocolError('bad-command', 'Media before a publish was granted.');
    try {
      this.batch.add(message, nowMs);
    } catch (error) {
      // Metadata that cannot be read is left out; the picture does not depend on it.
      if (!(error instanceof AmfError)) throw error;
    }
    if (message.type === AUDIO || message.type === VIDEO) {
      this.counts.mediaMessages += 1;
      this.counts.mediaBytes += message.payload.length;
    }
    return MORE;
  }

  private count(bytes: number): void {
    this.received += bytes;
    if (!this.shaken || this.received - this.acknowledged < this.window / 2) return;
    this.acknowledged = this.received;
    this.flow.acknowledge(this.received);
  }
}
