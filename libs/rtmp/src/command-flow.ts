import { AmfError, type AmfValue, decodeAmf0, encodeAmf0 } from './amf0';
import { type RtmpMessage } from './chunk-reader';
import { OUT_CHUNK_SIZE, writeMessage } from './chunk-writer';
import { ProtocolError } from './protocol-error';
import { type PublishEnd } from './types';

const CONTROL_STREAM = 2;
const COMMAND_STREAM = 3;
const STATUS_STREAM = 5;
const COMMAND_AMF0 = 20;
/** The one message stream a connection gets. */
const MEDIA_STREAM = 1;
/** How much a peer may send unacknowledged, in bytes. */
const WINDOW = 2_500_000;
const STREAM_BEGIN = 0;
const PING_REQUEST = 6;
const PING_RESPONSE = 7;

/** What a command asks of the connection. */
export type Asked =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'publish'; readonly streamKey: string }
  | { readonly kind: 'end'; readonly reason: PublishEnd };

const NOTHING: Asked = { kind: 'nothing' };

/** The server's side of the commands a publisher sends (RTMP 1.0, section 7). Pure: answers go to `send`. */
export class CommandFlow {
  private state: 'new' | 'connected' | 'publishing' = 'new';

  constructor(private readonly send: (bytes: Buffer) => void) {}

  /** A command message, AMF0 (type 20) or wrapped in AMF3 (type 17). Throws ProtocolError. */
  command(message: RtmpMessage): Asked {
    const [name, transaction, object, argument] = readCommand(message);
    const id = typeof transaction === 'number' ? transaction : 0;
    switch (name) {
      case 'connect':
        return this.connect(id, object);
      case 'releaseStream':
      case 'FCPublish':
      case '_checkbw':
        return this.result(id, null, undefined);
      case 'createStream':
        this.requireConnected();
        return this.result(id, null, MEDIA_STREAM);
      case 'publish':
        return this.publish(argument);
      case 'FCUnpublish':
      case 'deleteStream':
      case 'closeStream':
        return this.state === 'publishing' ? { kind: 'end', reason: 'unpublished' } : NOTHING;
      case 'play':
      case 'play2':
        this.status('error', 'NetStream.Play.Failed', 'Playing is not offered here.');
        return { kind: 'end', reason: 'play-unsupported' };
      default:
        // Results of ours, and the many extensions of encoders: none needs an answer.
        return NOTHING;
    }
  }

  /** A user control message (type 4). */
  userControl({ payload }: RtmpMessage): void {
    if (payload.length < 6 || payload.readUInt16BE(0) !== PING_REQUEST) return;
    const pong = Buffer.from(payload.subarray(0, 6));
    pong.writeUInt16BE(PING_RESPONSE, 0);
    this.send(writeMessage(CONTROL_STREAM, 4, 0, pong));
  }

  acknowledge(bytes: number): void {
    this.send(writeMessage(CONTROL_STREAM, 3, 0, uint32(bytes >>> 0)));
  }

  accept(): void {
    this.state = 'publishing';
    const begin = Buffer.alloc(6);
    begin.writeUInt16BE(STREAM_BEGIN, 0);
    begin.writeUInt32BE(MEDIA_STREAM, 2);
    this.send(writeMessage(CONTROL_STREAM, 4, 0, begin));
    this.status('status', 'NetStream.Publish.Start', 'Publishing.');
  }

  refuse(): void {
    this.status('error', 'NetStream.Publish.BadName', 'There is no such stream key.');
  }

  private connect(id: number, object: AmfValue): Asked {
    if (this.state !== 'new') throw new ProtocolError('bad-command', 'A second connect.');
    this.state = 'connected';
    const asked = typeof object === 'object' && object !== null && 'objectEncoding' in object ? object['objectEncoding'] : 0;
    this.send(
      Buffer.concat([
        writeMessage(CONTROL_STREAM, 5, 0, uint32(WINDOW)),
        writeMessage(CONTROL_STREAM, 6, 0, Buffer.concat([uint32(WINDOW), Buffer.of(2)])),
        writeMessage(CONTROL_STREAM, 1, 0, uint32(OUT_CHUNK_SIZE)),
      ]),
    );
    const description = { level: 'status', code: 'NetConnection.Connect.Success', description: 'Connected.' };
    const encoding = typeof asked === 'number' ? asked : 0;
    return this.result(id, { fmsVer: 'FMS/3,0,1,123', capabilities: 31 }, { ...description, objectEncoding: encoding });
  }

  /** The key is the name without its query: encoders append tokens and hints there. */
  private publish(name: AmfValue): Asked {
    this.requireConnected();
    if (this.state === 'publishing') throw new ProtocolError('bad-command', 'A second publish.');
    if (typeof name !== 'string') throw new ProtocolError('bad-command', 'A publish without a name.');
    return { kind: 'publish', streamKey: name.split('?', 1)[0]! };
  }

  private requireConnected(): void {
    if (this.state === 'new') throw new ProtocolError('bad-command', 'A command before connect.');
  }

  private result(id: number, ...values: AmfValue[]): Asked {
    this.send(writeMessage(COMMAND_STREAM, COMMAND_AMF0, 0, encodeAmf0('_result', id, ...values)));
    return NOTHING;
  }

  private status(level: 'status' | 'error', code: string, description: string): void {
    const body = encodeAmf0('onStatus', 0, null, { level, code, description });
    this.send(writeMessage(STATUS_STREAM, COMMAND_AMF0, MEDIA_STREAM, body));
  }
}

function readCommand({ type, payload }: RtmpMessage): AmfValue[] {
  try {
    return decodeAmf0(type === COMMAND_AMF0 ? payload : payload.subarray(1));
  } catch (error) {
    if (!(error instanceof AmfError)) throw error;
    throw new ProtocolError('bad-command', error.message);
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
