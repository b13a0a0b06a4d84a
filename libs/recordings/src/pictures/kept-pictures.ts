/** Pictures by what they are of. Those asked for last are kept, as many as fit; each is made once, however many ask for it. */
export class KeptPictures<T extends { jpeg: Buffer }> {
  private readonly kept = new Map<string, T>();
  private readonly making = new Map<string, Promise<T>>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** @throws what `make` throws, to all who wait for it; it is not kept */
  async take(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      this.kept.set(key, known);
      return known;
    }
    let made = this.making.get(key);
    if (!made) {
      made = make().finally(() => this.making.delete(key));
      this.making.set(key, made);
      made.then(
        (picture) => this.keep(key, picture),
        () => undefined,
      );
    }
    return await made;
  }

  private keep(key: string, picture: T): void {
    this.kept.set(key, picture);
    this.bytes += picture.jpeg.length;
    for (const [oldest, { jpeg }] of this.kept) {
      if (this.bytes <= this.maxBytes) return;
      this.kept.delete(oldest);
      this.bytes -= jpeg.length;
    }
  }
}
