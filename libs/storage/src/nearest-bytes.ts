import type { Readable } from 'node:stream';
import { RecordedBytes, type RecordedRange } from './recorded-bytes';

/** Several places, the nearest first. One that fails is passed over; only when no other has the bytes its failure counts. */
export class NearestBytes extends RecordedBytes {
  constructor(private readonly places: readonly RecordedBytes[]) {
    super();
  }

  async open(range: RecordedRange, signal?: AbortSignal): Promise<Readable | undefined> {
    return await this.nearest((place) => place.open(range, signal), signal);
  }

  override async read(range: RecordedRange, signal?: AbortSignal): Promise<Buffer | undefined> {
    return await this.nearest((place) => place.read(range, signal), signal);
  }

  private async nearest<T>(take: (place: RecordedBytes) => Promise<T | undefined>, signal?: AbortSignal): Promise<T | undefined> {
    let failure: { error: unknown } | undefined;
    for (const place of this.places) {
      signal?.throwIfAborted();
      try {
        const taken = await take(place);
        if (taken) return taken;
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure) throw failure.error;
    return undefined;
  }
}
