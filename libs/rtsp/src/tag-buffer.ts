/** FLV tags (Adobe FLV 10.1, annex E.4.1) written one after another into one buffer, each byte of media copied once. */
export const AUDIO_TAG = 8;
export const VIDEO_TAG = 9;

const TAG_HEAD = 11;
const TAG_TAIL = 4;
const SMALLEST_BYTES = 4 * 1024;

export class TagBuffer {
  private bytes: Buffer = Buffer.allocUnsafe(SMALLEST_BYTES);
  private end = 0;
  /** Everything before it is whole tags. */
  private committed = 0;
  private given: Buffer | undefined;
  private spare: Buffer | undefined;

  constructor(private readonly type: typeof AUDIO_TAG | typeof VIDEO_TAG) {}

  get isOpen(): boolean {
    return this.end > this.committed;
  }

  /** Bytes of the open tag so far. */
  get openBytes(): number {
    return this.end - this.committed;
  }

  begin(): void {
    this.end = this.committed;
    this.reserve(TAG_HEAD);
    this.end += TAG_HEAD;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.end] = value;
    this.end += 1;
  }

  append(source: Buffer, start: number, end: number): void {
    this.reserve(end - start);
    source.copy(this.bytes, this.end, start, end);
    this.end += end - start;
  }

  /** Leaves room for a length of four bytes. @returns a mark for `closeLength`, good while the tag is open. */
  openLength(): number {
    this.reserve(4);
    this.end += 4;
    return this.end - this.committed;
  }

  /** Writes how much was appended since. */
  closeLength(mark: number): void {
    const start = this.committed + mark;
    this.bytes.writeUInt32BE(this.end - start, start - 4);
  }

  /** Changes a byte of the open tag's body. */
  patch(index: number, value: number): void {
    this.bytes[this.committed + TAG_HEAD + index] = value;
  }

  /** @param timeMs taken modulo 2^32. */
  commit(timeMs: number): void {
    this.reserve(TAG_TAIL);
    const { bytes, committed: at } = this;
    const size = this.end - at - TAG_HEAD;
    const time = timeMs >>> 0;
    bytes[at] = this.type;
    bytes.writeUIntBE(size, at + 1, 3);
    bytes.writeUIntBE(time & 0xffffff, at + 4, 3);
    bytes[at + 7] = time >>> 24;
    bytes.writeUIntBE(0, at + 8, 3);
    bytes.writeUInt32BE(TAG_HEAD + size, this.end);
    this.end += TAG_TAIL;
    this.committed = this.end;
  }

  /** Throws the open tag away. */
  rollback(): void {
    this.end = this.committed;
  }

  drop(): void {
    this.end = this.committed = 0;
  }

  /** The whole tags since the last time; undefined when there are none. The open tag goes on in a buffer of its own. */
  take(): Buffer | undefined {
    if (this.committed === 0) return undefined;
    const { bytes, committed } = this;
    this.renew();
    this.given = bytes;
    return bytes.subarray(0, committed);
  }

  /** The same, with the whole tags of another behind: one buffer is cheaper to write than two. */
  takeWith(other: TagBuffer): Buffer | undefined {
    const { bytes, committed } = this;
    const behind = other.committed;
    if (committed === 0 || behind === 0) return this.take() ?? other.take();
    const room = committed + behind <= bytes.length;
    this.renew();
    const all = room ? bytes : Buffer.allocUnsafe(committed + behind);
    if (!room) bytes.copy(all, 0, 0, committed);
    this.given = all;
    other.bytes.copy(all, committed, 0, behind);
    other.bytes.copy(other.bytes, 0, behind, other.end);
    other.end -= behind;
    other.committed = 0;
    return all.subarray(0, committed + behind);
  }

  /** What was taken last is not looked at any more: the batch after the next is written there, instead of into new memory each time. */
  reuse(): void {
    this.spare = this.given ?? this.spare;
    this.given = undefined;
  }

  private renew(): void {
    const open = this.end - this.committed;
    // The next batch is about as long as this one.
    const size = Math.max(SMALLEST_BYTES, open * 2, this.committed + (this.committed >> 2));
    const next = this.spare && this.spare.length >= size ? this.spare : Buffer.allocUnsafe(size);
    this.given = this.spare = undefined;
    this.bytes.copy(next, 0, this.committed, this.end);
    this.bytes = next;
    this.committed = 0;
    this.end = open;
  }

  private reserve(more: number): void {
    const needed = this.end + more;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.end);
    this.bytes = larger;
  }
}
