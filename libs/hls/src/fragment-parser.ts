import { type BoxHeader, printable, readHeader } from './box';
import { readFragment } from './fragment';
import { type InitFacts, readInit } from './init-segment';
import { type MediaPiece } from './media';
import { MediaInvalid } from './media-invalid';
import { addPiece } from './side-by-side';

/** Boxes of a live pipe that no player needs: indexes, clocks, padding, and the random access table at the end. */
const DROPPED = new Set(['styp', 'sidx', 'prft', 'free', 'skip', 'emsg', 'mfra', 'uuid']);
const KEPT = new Set(['ftyp', 'moov', 'moof', 'mdat']);

/**
 * Cuts a fragmented MP4 pipe into its init segment and fragments, whatever the sizes of the chunks. Bytes are copied at
 * most once (when a fragment spans chunks that do not lie side by side), so a chunk must not be written to after it was pushed.
 * Holds at most one incomplete fragment.
 */
export class FragmentParser {
  private chunks: Buffer[] = [];
  private available = 0;
  private header: BoxHeader | undefined;
  /** Of a box that is being dropped. */
  private toDrop = 0;
  private held: Buffer[] = [];
  private heldBytes = 0;
  private expects: 'any' | 'mdat' = 'any';
  private ftyp: Buffer | undefined;
  private init: InitFacts | undefined;
  private readonly maxInitBytes: number;
  private readonly maxFragmentBytes: number;

  constructor(limits: { readonly maxInitBytes?: number; readonly maxFragmentBytes?: number } = {}) {
    this.maxInitBytes = limits.maxInitBytes ?? 1 << 20;
    this.maxFragmentBytes = limits.maxFragmentBytes ?? 32 << 20;
  }

  /** Bytes held of an incomplete piece; 0 = everything so far was whole. */
  get pendingBytes(): number {
    return this.available + this.heldBytes + this.toDrop;
  }

  /** Complete pieces, in order. @throws MediaInvalid; the parser is unusable afterwards. */
  push(chunk: Buffer): MediaPiece[] {
    this.add(chunk);
    const pieces: MediaPiece[] = [];
    while (this.step(pieces));
    return pieces;
  }

  /** As `push`, one by one: what comes before damage is given before that is thrown. */
  *pushLazily(chunk: Buffer): Generator<MediaPiece> {
    this.add(chunk);
    const pieces: MediaPiece[] = [];
    while (this.step(pieces)) yield* pieces.splice(0);
  }

  private add(chunk: Buffer): void {
    if (chunk.length > 0) addPiece(this.chunks, chunk);
    this.available += chunk.length;
  }

  /** One box, or a part of a dropped one; false when more bytes are needed. */
  private step(pieces: MediaPiece[]): boolean {
    if (this.toDrop > 0) {
      const now = Math.min(this.toDrop, this.available);
      this.take(now);
      this.toDrop -= now;
      return this.toDrop === 0;
    }
    this.header ??= this.nextHeader();
    const header = this.header;
    if (!header) return false;
    if (DROPPED.has(header.type)) {
      this.toDrop = header.size;
      this.header = undefined;
      return true;
    }
    if (this.available < header.size) return false;
    this.header = undefined;
    const piece = this.accept(header, this.take(header.size));
    if (piece) pieces.push(piece);
    return true;
  }

  private nextHeader(): BoxHeader | undefined {
    const first = this.chunks[0];
    if (!first) return undefined;
    const start = first.length >= 16 || this.chunks.length === 1 ? first : this.joinStart();
    const header = readHeader(start, 0);
    if (header) this.check(header);
    return header;
  }

  /** Makes the first 16 bytes contiguous; chunks may be single bytes. */
  private joinStart(): Buffer {
    const parts: Buffer[] = [];
    let length = 0;
    while (length < 16 && this.chunks.length > 0) {
      const next = this.chunks.shift() as Buffer;
      parts.push(next);
      length += next.length;
    }
    const joined = Buffer.concat(parts, length);
    this.chunks.unshift(joined);
    return joined;
  }

  private check({ type, size }: BoxHeader): void {
    if (!KEPT.has(type) && !DROPPED.has(type)) throw new MediaInvalid('box-unexpected', `a ${printable(type)} box at top level`);
    const limit = type === 'ftyp' || type === 'moov' || type === 'moof' ? this.maxInitBytes : this.maxFragmentBytes;
    if (size > limit) throw new MediaInvalid('box-too-large', `a ${type} box of ${size} bytes, ${limit} are allowed`);
    const wanted = this.expects === 'mdat';
    if (KEPT.has(type) && (type === 'mdat') !== wanted) {
      throw new MediaInvalid('box-unexpected', wanted ? `${type} instead of the mdat of a moof` : 'mdat without a moof');
    }
    if (type === 'moof' && !this.init) throw new MediaInvalid('fragment-before-init', 'a moof before any moov');
  }

  private accept({ type }: BoxHeader, bytes: Buffer[]): MediaPiece | undefined {
    switch (type) {
      case 'ftyp':
        this.ftyp = join(bytes);
        return undefined;
      case 'moov':
        this.init = readInit(join(this.ftyp ? [this.ftyp, ...bytes] : bytes));
        return this.init.segment;
      case 'moof':
        this.held = bytes;
        this.heldBytes = bytes.reduce((sum, { length }) => sum + length, 0);
        this.expects = 'mdat';
        return undefined;
      default: {
        const whole = this.wholeFragment(bytes);
        this.expects = 'any';
        return this.init && readFragment(whole, this.init);
      }
    }
  }

  private wholeFragment(mdat: Buffer[]): Buffer {
    const pieces = this.held;
    this.held = [];
    this.heldBytes = 0;
    for (const piece of mdat) addPiece(pieces, piece);
    return join(pieces);
  }

  private take(length: number): Buffer[] {
    const taken: Buffer[] = [];
    let missing = length;
    while (missing > 0) {
      const first = this.chunks[0] as Buffer;
      if (first.length <= missing) {
        taken.push(first);
        this.chunks.shift();
        missing -= first.length;
      } else {
        taken.push(first.subarray(0, missing));
        this.chunks[0] = first.subarray(missing);
        missing = 0;
      }
    }
    this.available -= length;
    return taken;
  }
}

const join = (parts: Buffer[]): Buffer => (parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts));
