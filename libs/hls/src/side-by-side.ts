/** Adds `next` to a list of pieces. What lies behind the last one in the same memory becomes one piece with it; nothing is copied. */
export function addPiece(pieces: Buffer[], next: Buffer): void {
  const last = pieces.at(-1);
  if (last && last.buffer === next.buffer && last.byteOffset + last.length === next.byteOffset) {
    pieces[pieces.length - 1] = Buffer.from(last.buffer, last.byteOffset, last.length + next.length);
  } else pieces.push(next);
}
