import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** Bytes of the recording: a range of a chunk file, by its name below the media folder, as a row of the index has it. */
export interface RecordedRange {
  file: string;
  offset: number;
  length: number;
}

/** The one way to recorded bytes, wherever they are. Who reads does not know, and does not have to. */
export abstract class RecordedBytes {
  /**
   * The bytes of a range, to be read or destroyed by who asked. Undefined: they cannot be had anywhere. A stream that breaks off fails;
   * it never ends early as if it were whole.
   * @param signal ends the search for them; a stream that was handed over is its reader's to end
   * @throws Error when the name leads out of the media folder, or a place that has the bytes cannot be read
   */
  abstract open(range: RecordedRange, signal?: AbortSignal): Promise<Readable | undefined>;

  /** All of a range at once, for segments. @throws as `open` */
  async read(range: RecordedRange, signal?: AbortSignal): Promise<Buffer | undefined> {
    const stream = await this.open(range, signal);
    if (!stream) return undefined;
    const bytes = await buffer(stream);
    if (bytes.length !== range.length) throw new Error(`${bytes.length} of ${range.length} bytes of ${range.file} came`);
    return bytes;
  }
}
