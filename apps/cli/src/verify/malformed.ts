/** What was given is no evidence package, or one that nobody should unpack. */
export class Malformed extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'Malformed';
  }
}
