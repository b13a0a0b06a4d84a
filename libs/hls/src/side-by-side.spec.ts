import { addPiece } from './side-by-side';

describe('addPiece', () => {
  const memory = Buffer.from('abcdef');

  it('makes one piece of what lies side by side, in the same memory', () => {
    const pieces: Buffer[] = [];
    addPiece(pieces, memory.subarray(0, 2));
    addPiece(pieces, memory.subarray(2, 5));
    expect(pieces.map(String)).toEqual(['abcde']);
    expect(pieces[0]?.buffer).toBe(memory.buffer);
  });

  it.each([
    ['a hole between them', memory.subarray(0, 2), memory.subarray(3, 5)],
    ['the wrong order', memory.subarray(2, 4), memory.subarray(0, 2)],
    ['another memory', memory.subarray(0, 2), Buffer.from(Uint8Array.from(memory).buffer, 2, 2)],
  ])('keeps two pieces apart for %s', (_, first, second) => {
    const pieces = [first];
    addPiece(pieces, second);
    expect(pieces).toEqual([first, second]);
  });
});
