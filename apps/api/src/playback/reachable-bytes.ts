import { Injectable } from '@nestjs/common';
import { DomainError } from '@app/platform';
import { SegmentBytes, type StoredSegment } from '@app/recordings';
import { RecordedBytes } from '@app/storage';
import { OwnerClient } from './owner-client';

/** More than any segment has. */
const MAX_BYTES = 64 * 1024 * 1024;
const PATIENCE_MS = 10_000;
/** What an owner that has not the bytes says; anything else is a failure. */
const NOT_THERE = ['media.not-found', 'camera.not-found', 'stream.not-live'];

/** From where they are stored, else from the camera's owner while that has it. */
@Injectable()
export class ReachableBytes extends SegmentBytes {
  constructor(
    private readonly recorded: RecordedBytes,
    private readonly owners: OwnerClient,
  ) {
    super();
  }

  async read(segment: StoredSegment, { start, end }: { start: number; end: number }): Promise<Buffer | undefined> {
    const range = { file: segment.file, offset: segment.offset + start, length: end - start + 1 };
    return (await this.recorded.read(range)) ?? (await this.fromOwner(segment, { start, end }));
  }

  private async fromOwner(
    { cameraId, mediaSequence }: StoredSegment,
    { start, end }: { start: number; end: number },
  ): Promise<Buffer | undefined> {
    const path = `/hls/${cameraId}/seg/${mediaSequence}.m4s`;
    const headers = { range: `bytes=${start}-${end}` };
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const answer = await this.owners.ask(cameraId, { path, method: 'GET', headers, signal });
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > MAX_BYTES) throw new Error('An owner sends more than a segment has');
        chunks.push(chunk);
      }
      const bytes = Buffer.concat(chunks);
      return answer.statusCode === 206 ? bytes : bytes.subarray(start, end + 1);
    } catch (error) {
      if (error instanceof DomainError && NOT_THERE.includes(error.code)) return undefined;
      throw error;
    }
  }
}
