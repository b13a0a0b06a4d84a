/** AMF0 (Adobe, Action Message Format 0, 2007): the values RTMP commands and metadata are written in. */
export type AmfValue = number | boolean | string | null | undefined | Date | AmfValue[] | AmfObject;
export type AmfObject = { [key: string]: AmfValue };

/** The bytes are not AMF0, end too early, or nest too deep. */
export class AmfError extends Error {
  override readonly name = 'AmfError';
}

const enum Marker {
  Number = 0x00,
  Boolean = 0x01,
  String = 0x02,
  Object = 0x03,
  Null = 0x05,
  Undefined = 0x06,
  Reference = 0x07,
  EcmaArray = 0x08,
  ObjectEnd = 0x09,
  StrictArray = 0x0a,
  Date = 0x0b,
  LongString = 0x0c,
  Unsupported = 0x0d,
  XmlDocument = 0x0f,
  TypedObject = 0x10,
}

const MAX_DEPTH = 16;

/** All values of a message, one after another. Throws AmfError. */
export function decodeAmf0(bytes: Buffer): AmfValue[] {
  const reader = new Amf0Reader(bytes);
  const values: AmfValue[] = [];
  while (!reader.done) values.push(reader.value(0));
  return values;
}

/** Strings longer than 65,535 bytes become long strings; arrays become strict arrays. */
export function encodeAmf0(...values: AmfValue[]): Buffer {
  const out: Buffer[] = [];
  for (const value of values) encodeValue(value, out);
  return Buffer.concat(out);
}

class Amf0Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  get done(): boolean {
    return this.at >= this.bytes.length;
  }

  value(depth: number): AmfValue {
    if (depth > MAX_DEPTH) throw new AmfError('AMF0 is nested too deep.');
    const marker = this.bytes[this.take(1)];
    switch (marker) {
      case Marker.Number:
        return this.bytes.readDoubleBE(this.take(8));
      case Marker.Boolean:
        return this.bytes[this.take(1)] !== 0;
      case Marker.String:
        return this.text(this.bytes.readUInt16BE(this.take(2)));
      case Marker.LongString:
      case Marker.XmlDocument:
        return this.text(this.bytes.readUInt32BE(this.take(4)));
      case Marker.TypedObject:
        this.text(this.bytes.readUInt16BE(this.take(2)));
        return this.object(depth);
      case Marker.Object:
        return this.object(depth);
      case Marker.EcmaArray:
        // The count is a hint; the end marker rules.
        this.take(4);
        return this.object(depth);
      case Marker.StrictArray:
        return this.array(this.bytes.readUInt32BE(this.take(4)), depth);
      case Marker.Date:
        return this.date();
      case Marker.Null:
        return null;
      case Marker.Undefined:
      case Marker.Unsupported:
        return undefined;
      default:
        throw new AmfError(`AMF0 has no type ${String(marker)} here.`);
    }
  }

  private object(depth: number): AmfObject {
    const object = Object.create(null) as AmfObject;
    // Some encoders leave the end marker of the last array out: the end of the bytes ends it too.
    while (!this.done) {
      const key = this.text(this.bytes.readUInt16BE(this.take(2)));
      if (key === '' && this.bytes[this.at] === Marker.ObjectEnd) {
        this.at += 1;
        break;
      }
      object[key] = this.value(depth + 1);
    }
    return object;
  }

  private array(length: number, depth: number): AmfValue[] {
    // Each element takes a byte at least: a false count must not make us allocate.
    if (length > this.bytes.length - this.at) throw new AmfError('An AMF0 array is longer than its message.');
    return Array.from({ length }, () => this.value(depth + 1));
  }

  private date(): Date {
    const date = new Date(this.bytes.readDoubleBE(this.take(8)));
    this.take(2);
    return date;
  }

  private text(length: number): string {
    const start = this.take(length);
    return this.bytes.toString('utf8', start, start + length);
  }

  /** The offset of the next `length` bytes, which are then behind us. */
  private take(length: number): number {
    const start = this.at;
    if (start + length > this.bytes.length) throw new AmfError('AMF0 ends in the middle of a value.');
    this.at += length;
    return start;
  }
}

function encodeValue(value: AmfValue, out: Buffer[]): void {
  if (typeof value === 'number') return void out.push(Buffer.of(Marker.Number), double(value));
  if (typeof value === 'boolean') return void out.push(Buffer.of(Marker.Boolean, value ? 1 : 0));
  if (typeof value === 'string') return encodeText(value, out);
  if (value === null) return void out.push(Buffer.of(Marker.Null));
  if (value === undefined) return void out.push(Buffer.of(Marker.Undefined));
  if (value instanceof Date) return void out.push(Buffer.of(Marker.Date), double(value.getTime()), Buffer.alloc(2));
  if (Array.isArray(value)) {
    out.push(Buffer.of(Marker.StrictArray), uint32(value.length));
    for (const element of value) encodeValue(element, out);
    return;
  }
  out.push(Buffer.of(Marker.Object));
  for (const [key, member] of Object.entries(value)) {
    out.push(shortText(key));
    encodeValue(member, out);
  }
  out.push(Buffer.of(0, 0, Marker.ObjectEnd));
}

function encodeText(value: string, out: Buffer[]): void {
  const bytes = Buffer.from(value, 'utf8');
  if (bytes.length > 0xffff) out.push(Buffer.of(Marker.LongString), uint32(bytes.length), bytes);
  else out.push(Buffer.of(Marker.String), shortText(value));
}

function shortText(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8');
  if (bytes.length > 0xffff) throw new AmfError('An AMF0 key is too long.');
  return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 0xff), bytes]);
}

function double(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
