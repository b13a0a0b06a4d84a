/** Memory that is taken from the heap at once, in bytes. */
const SLAB_BYTES = 256 * 1024;

/**
 * Copies short-lived bytes to where they may stay, one behind the other: what belongs together lies side by side, and thousands of
 * small reads are a few large pieces of memory.
 */
export class Slab {
  private free = Buffer.alloc(0);

  keep(bytes: Uint8Array): Buffer {
    if (bytes.length > this.free.length) this.free = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, bytes.length));
    const kept = this.free.subarray(0, bytes.length);
    kept.set(bytes);
    this.free = this.free.subarray(bytes.length);
    return kept;
  }
}
