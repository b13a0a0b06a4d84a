const BYTES = 4;

/** As `segments.key_frames` has them: big-endian, four bytes each, without the one at 0, ascending. Null: none but that. */
export function packOffsets(keyFrames: readonly number[] | null): Buffer | null {
  const later = (keyFrames ?? []).filter((offset) => offset > 0);
  if (later.length === 0) return null;
  const packed = Buffer.alloc(later.length * BYTES);
  later.forEach((offset, index) => packed.writeUInt32BE(offset, index * BYTES));
  return packed;
}

/** Byte offsets of the fragments of a segment that begin with a key frame, ascending. */
export function keyFrameOffsets(row: { independent: boolean; key_frames: Buffer | null }): number[] {
  const packed = row.key_frames ?? Buffer.alloc(0);
  const later = Array.from({ length: packed.length / BYTES }, (_, index) => packed.readUInt32BE(index * BYTES));
  return row.independent ? [0, ...later] : later;
}
