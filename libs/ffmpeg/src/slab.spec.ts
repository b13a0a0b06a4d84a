import { Slab } from './slab';

describe('Slab', () => {
  it('keeps what it was given after the bytes were written over', () => {
    const slab = new Slab();
    const bytes = Uint8Array.of(1, 2, 3);
    const kept = slab.keep(bytes);
    bytes.fill(0);
    expect([...kept]).toEqual([1, 2, 3]);
  });

  it('lays one piece behind the other', () => {
    const slab = new Slab();
    const [first, second] = [slab.keep(Uint8Array.of(1, 2)), slab.keep(Uint8Array.of(3))];
    expect(second.buffer).toBe(first.buffer);
    expect(second.byteOffset).toBe(first.byteOffset + 2);
  });

  it('takes new memory when a piece does not fit, and as much as a large one needs', () => {
    const slab = new Slab();
    const first = slab.keep(new Uint8Array(200 * 1024).fill(1));
    const second = slab.keep(new Uint8Array(300 * 1024).fill(2));
    expect(second.buffer).not.toBe(first.buffer);
    expect(first.every((byte) => byte === 1)).toBe(true);
    expect(second).toHaveLength(300 * 1024);
  });
});
