/** Numbers in [0, 1) that a seed repeats: Marsaglia's xorshift with 32 bits. */
export class Seeded {
  private state: number;

  constructor(seed: number) {
    // Zero would stay zero; seeds that are close must not begin alike.
    this.state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1;
    for (let index = 0; index < 8; index += 1) this.next();
  }

  next(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x;
    return (x >>> 0) / 2 ** 32;
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.next() * items.length)];
  }
}
