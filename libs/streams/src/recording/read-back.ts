import type { ChunkFile } from './chunk-storage';

const PIECE_BYTES = 256 * 1024;
/** As many as read at the same time now and then; a call of the disk that hangs keeps its own and holds up nobody. */
const KEPT_BUFFERS = 4;
const free: Buffer[] = [];

/**
 * Whether a file gives back, from `offset` on, the bytes of `chunks`, which are still in memory: compared byte by byte, which says as much as a
 * second hash of them and costs a tenth. The cameras of a process share the buffers that are read into. @throws what the disk threw
 */
export async function givesBack(file: Pick<ChunkFile, 'read'>, offset: number, chunks: readonly Buffer[]): Promise<boolean> {
  const buffer = free.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES);
  try {
    return await compare(file, offset, chunks, buffer);
  } finally {
    if (free.length < KEPT_BUFFERS) free.push(buffer);
  }
}

async function compare(
  file: Pick<ChunkFile, 'read'>,
  offset: number,
  chunks: readonly Buffer[],
  buffer: Buffer,
): Promise<boolean> {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const expected = new Expected(chunks);
  for (let at = 0; at < length; at += PIECE_BYTES) {
    const piece = buffer.subarray(0, Math.min(PIECE_BYTES, length - at));
    await file.read(offset + at, piece);
    if (!expected.startsWith(piece)) return false;
  }
  return true;
}

/** Bytes in several buffers, taken from the beginning. */
class Expected {
  private index = 0;
  private position = 0;

  constructor(private readonly chunks: readonly Buffer[]) {}

  startsWith(piece: Buffer): boolean {
    for (let at = 0; at < piece.length;) {
      const chunk = this.chunks[this.index];
      if (!chunk) return false;
      const count = Math.min(chunk.length - this.position, piece.length - at);
      if (piece.compare(chunk, this.position, this.position + count, at, at + count) !== 0) return false;
      at += count;
      this.position += count;
      if (this.position === chunk.length) {
        this.index += 1;
        this.position = 0;
      }
    }
    return true;
  }
}
