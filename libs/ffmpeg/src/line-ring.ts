import { StringDecoder } from 'node:string_decoder';

/** Cuts bytes into lines and keeps the last ones. A line longer than the bound is cut, its rest is dropped. */
export class LineRing {
  private readonly decoder = new StringDecoder('utf8');
  private readonly kept: string[] = [];
  private partial = '';

  constructor(
    private readonly maxLines: number,
    private readonly maxChars: number,
    private readonly onLine: (line: string) => void,
  ) {}

  get lines(): readonly string[] {
    return this.kept;
  }

  push(bytes: Buffer): void {
    const pieces = this.decoder.write(bytes).split(/\r\n|[\r\n]/);
    pieces.forEach((piece, index) => {
      if (index > 0) this.finishLine();
      if (this.partial.length < this.maxChars) this.partial += piece.slice(0, this.maxChars - this.partial.length);
    });
  }

  /** Keeps the last line though nothing ended it. */
  end(): void {
    this.finishLine();
  }

  private finishLine(): void {
    const line = this.partial;
    this.partial = '';
    if (line.trim() === '') return;
    this.kept.push(line);
    if (this.kept.length > this.maxLines) this.kept.shift();
    this.onLine(line);
  }
}
