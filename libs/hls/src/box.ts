import { MediaInvalid } from './media-invalid';

/** Where a box lies in its buffer. ISO/IEC 14496-12, section 4.2. */
export interface Box {
  readonly type: string;
  /** Of the first byte after the header. */
  readonly content: number;
  readonly end: number;
}

export interface BoxHeader {
  readonly type: string;
  readonly size: number;
  readonly headerSize: 8 | 16;
}

const codeOf = (type: string): number => Buffer.from(type, 'latin1').readUInt32BE();
/** Those of every fragment: a string made anew for each box costs more than the rest of its header. */
const FREQUENT = new Map(
  ['moof', 'mfhd', 'traf', 'tfhd', 'tfdt', 'trun', 'mdat', 'styp', 'sidx', 'prft'].map((type) => [codeOf(type), type]),
);

const typeAt = (bytes: Buffer, at: number): string =>
  FREQUENT.get(bytes.readUInt32BE(at)) ?? bytes.toString('latin1', at, at + 4);

/** The header at `at`, or undefined while too few bytes are there. Both size fields are understood. */
export const readHeader = (bytes: Buffer, at: number): BoxHeader | undefined => {
  if (bytes.length - at < 8) return undefined;
  const type = typeAt(bytes, at + 4);
  const short = bytes.readUInt32BE(at);
  if (short !== 1) return checked({ type, size: short, headerSize: 8 });
  if (bytes.length - at < 16) return undefined;
  const high = bytes.readUInt32BE(at + 8);
  // 2^21 x 4 GB: beyond what a number holds exactly, and beyond every limit here.
  if (high >= 0x20_0000) throw new MediaInvalid('box-too-large', `a ${printable(type)} box of more than 2^53 bytes`);
  return checked({ type, size: high * 0x1_0000_0000 + bytes.readUInt32BE(at + 12), headerSize: 16 });
};

const checked = (header: BoxHeader): BoxHeader => {
  // Size 0 means "to the end of the file", which a live pipe does not have.
  if (header.size < header.headerSize) {
    throw new MediaInvalid('box-size', `a ${printable(header.type)} box says it has ${header.size} bytes`);
  }
  return header;
};

export const printable = (type: string): string => JSON.stringify(type);

/** The boxes between two offsets. @throws MediaInvalid when one reaches over the end. */
export function* boxesIn(bytes: Buffer, from: number, end: number): Generator<Box> {
  let at = from;
  while (at < end) {
    const header = readHeader(bytes, at);
    if (!header || at + header.size > end) {
      throw new MediaInvalid('box-truncated', `${end - at} bytes are no whole box${header ? ` ${printable(header.type)}` : ''}`);
    }
    yield { type: header.type, content: at + header.headerSize, end: at + header.size };
    at += header.size;
  }
}

export const childrenOf = (bytes: Buffer, box: Box, skip = 0): Generator<Box> => boxesIn(bytes, box.content + skip, box.end);

export const findChild = (bytes: Buffer, box: Box, type: string, skip = 0): Box | undefined => {
  for (const child of childrenOf(bytes, box, skip)) if (child.type === type) return child;
  return undefined;
};

export const requireChild = (bytes: Buffer, box: Box, type: string): Box => {
  const child = findChild(bytes, box, type);
  if (!child) throw new MediaInvalid('box-missing', `${box.type} without ${type}`);
  return child;
};

/** Checks that `length` bytes of the box lie at `offset` of its content; gives the absolute offset. */
export const fieldAt = (box: Box, offset: number, length: number): number => {
  const at = box.content + offset;
  if (at + length > box.end) throw new MediaInvalid('box-truncated', `${box.type} ends before byte ${offset + length}`);
  return at;
};
