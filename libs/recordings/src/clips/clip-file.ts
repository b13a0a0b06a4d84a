import { firstDecodeSeconds, fragmentedFileHead, moveFragments } from '@app/hls';
import type { SegmentBytes } from '../pictures/segment-bytes';
import type { ClipPiece, ClipSegment } from './clip-plan';

const TICKS_PER_MS = 90;

/** A segment and which bytes of the file it is, both included. */
interface PlacedSegment {
  segment: ClipSegment;
  index: number;
  first: number;
  last: number;
}

/**
 * One MP4 of recorded segments, as they are but for their decode times, which begin at 0 and run on over what is missing. Its length
 * is known before any media are read, and any bytes of it can be made without those before them.
 */
export class ClipFile {
  readonly byteLength: number;
  private readonly head: Buffer;
  private readonly segments: readonly ClipSegment[];
  /** For each segment: by how many seconds its piece moves. */
  private readonly moves: (() => Promise<number>)[];

  /** @param init of all pieces. @throws MediaInvalid */
  constructor(
    pieces: readonly ClipPiece[],
    private readonly init: Buffer,
    private readonly bytes: SegmentBytes,
  ) {
    const parts = pieces.flatMap(({ segments }) =>
      segments.map((segment) => ({
        byteLength: segment.stored.length,
        duration: segment.durationMs * TICKS_PER_MS,
        independent: segment.independent,
      })),
    );
    this.head = fragmentedFileHead(init, parts);
    this.byteLength = parts.reduce((sum, { byteLength }) => sum + byteLength, this.head.length);
    this.segments = pieces.flatMap(({ segments }) => segments);
    let startsMs = 0;
    this.moves = pieces.flatMap(({ segments }) => {
      const pieceStartsMs = startsMs;
      const move = once(() => this.moveOf(segments[0]!, pieceStartsMs));
      startsMs += segments.reduce((sum, { durationMs }) => sum + durationMs, 0);
      return segments.map(() => move);
    });
  }

  /** Proves that its first media can be had, before anything is sent. @throws Error */
  async open(): Promise<void> {
    await this.moves[0]?.();
  }

  /** Bytes `start` to `end`, both included. @throws Error when media cannot be had */
  async *read(start: number, end: number): AsyncGenerator<Buffer> {
    if (start < this.head.length) yield this.head.subarray(start, end + 1);
    const wanted = this.placed().filter(({ first, last }) => last >= start && first <= end);
    let next = this.ahead(wanted[0]);
    for (const [nth, { first }] of wanted.entries()) {
      const bytes = (await next)!;
      // The disk works while the network does.
      next = this.ahead(wanted[nth + 1]);
      yield bytes.subarray(Math.max(0, start - first), end - first + 1);
    }
  }

  private placed(): PlacedSegment[] {
    let at = this.head.length;
    return this.segments.map((segment, index) => {
      const first = at;
      at += segment.stored.length;
      return { segment, index, first, last: at - 1 };
    });
  }

  private ahead(placed: PlacedSegment | undefined): Promise<Buffer> | undefined {
    if (!placed) return undefined;
    const bytes = this.moved(placed);
    // Told to who takes them; nobody does when the reader has left.
    bytes.catch(() => undefined);
    return bytes;
  }

  private async moved({ segment, index }: PlacedSegment): Promise<Buffer> {
    const bytes = await this.whole(segment);
    moveFragments(bytes, this.init, await this.moves[index]!());
    return bytes;
  }

  private async moveOf(first: ClipSegment, startsMs: number): Promise<number> {
    return startsMs / 1000 - firstDecodeSeconds(await this.whole(first), this.init);
  }

  private async whole({ stored }: ClipSegment): Promise<Buffer> {
    const bytes = await this.bytes.read(stored, { start: 0, end: stored.length - 1 });
    if (bytes) return bytes;
    throw new Error(`Segment ${stored.mediaSequence} of camera ${stored.cameraId} is on record, but cannot be had`);
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
