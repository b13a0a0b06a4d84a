import { createHash } from 'node:crypto';
import type { PackedPart } from '@app/hls';

/** What its own bytes say of a segment. */
export interface SegmentFacts {
  /** hex */
  sha256: string;
  /** Decode time of its first fragment, 90 kHz. */
  mediaTime: number;
  /** Byte offsets of the fragments that begin with a key frame; null: one, at its beginning, or none. */
  keyFrames: number[] | null;
}

/** The facts of a segment, gathered part by part. */
export class SegmentMeter {
  private readonly hash = createHash('sha256');
  private readonly keyFrames: number[] = [];
  private mediaTime: number | undefined;
  private independent = false;
  private length = 0;

  get byteLength(): number {
    return this.length;
  }

  add(part: PackedPart): void {
    if (this.mediaTime === undefined) {
      this.mediaTime = part.mediaTime;
      this.independent = part.independent;
    }
    for (const offset of part.keyFrames) this.keyFrames.push(this.length + offset);
    for (const chunk of part.chunks) this.hash.update(chunk);
    this.length += part.byteLength;
  }

  /** Once, at the end of the segment. */
  facts(): SegmentFacts {
    const isPlain = this.keyFrames.length === 0 || (this.keyFrames.length === 1 && this.independent);
    return {
      sha256: this.hash.digest('hex'),
      mediaTime: Math.round(this.mediaTime ?? 0),
      keyFrames: isPlain ? null : this.keyFrames,
    };
  }
}

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
