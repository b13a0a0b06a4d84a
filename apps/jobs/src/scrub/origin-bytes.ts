import { Injectable } from '@nestjs/common';
import { SegmentBytes, type StoredSegment } from '@app/recordings';
import { RecordedBytes } from '@app/storage';
import { PackagerRegistry } from '@app/streams';

const ORIGIN_TIMEOUT_MS = 3_000;

/** From where they are stored, else from the live origin of the camera's owner, which may be another machine. */
@Injectable()
export class OriginBytes extends SegmentBytes {
  constructor(
    private readonly recorded: RecordedBytes,
    private readonly registry: PackagerRegistry,
  ) {
    super();
  }

  async read(segment: StoredSegment, { start, end }: { start: number; end: number }): Promise<Buffer | undefined> {
    const range = { file: segment.file, offset: segment.offset + start, length: end - start + 1 };
    return (await this.recorded.read(range)) ?? (await this.fromOrigin(segment, start, end));
  }

  private async fromOrigin({ cameraId, mediaSequence }: StoredSegment, start: number, end: number): Promise<Buffer | undefined> {
    const origin = await this.registry.originOf(cameraId);
    if (!origin) return undefined;
    const answer = await fetch(`${origin.originUrl}/hls/${cameraId}/seg/${mediaSequence}.m4s`, {
      headers: { range: `bytes=${start}-${end}` },
      signal: AbortSignal.timeout(ORIGIN_TIMEOUT_MS),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    if (!answer.ok) return undefined;
    return answer.status === 206 ? bytes : bytes.subarray(start, end + 1);
  }
}
