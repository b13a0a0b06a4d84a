import type { Readable } from 'node:stream';
import { RecordedBytes, type RecordedRange } from './recorded-bytes';

/** Several places, the nearest first. One that fails is passed over; only when no other has the bytes its failure counts. */
export class NearestBytes extends RecordedBytes {
  constructor(private readonly places: readonly RecordedBytes[]) {
    super();
  }

  async open(range: RecordedRange, signal?: AbortSignal): Promise<Readable | undefined> {
    let failure: { error: unknown } | undefined;
    for (const place of this.places) {
      signal?.throwIfAborted();
      try {
        const stream = await place.open(range, signal);
        if (stream) return stream;
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure) throw failure.error;
    return undefined;
  }
}
