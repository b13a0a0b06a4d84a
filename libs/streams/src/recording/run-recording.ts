import { isNativeError } from 'node:util/types';
import type { PackedPart } from '@app/hls';
import type { ChunkStorage, FileRange } from './chunk-storage';
import { ChunkWriter } from './chunk-writer';
import { type SegmentFacts, SegmentMeter } from './segment-facts';

/** A segment that is on disk for good: durable, read back and compared. */
export interface SealedSegment extends SegmentFacts {
  whole: FileRange;
  parts: FileRange[];
  chunks: Buffer[];
  /** When its first part came. */
  monotonicMs: number;
}

/** What the disk gave back is not what was written. */
export class ReadBackMismatch extends Error {
  constructor(range: FileRange) {
    super(`${range.file} does not give back the ${range.length} bytes written at ${range.offset}`);
    this.name = 'ReadBackMismatch';
  }
}

interface OpenSegment {
  meter: SegmentMeter;
  parts: FileRange[];
  chunks: Buffer[];
  monotonicMs: number;
}

/**
 * The files of one run, as evidence: parts are hashed while they are appended, and a segment counts only after the disk took it and gave
 * it back. The first call of the disk that fails ends it: nothing is tried again on the same files, because a second fdatasync may
 * succeed after the kernel dropped the pages of the first. Calls must not overlap.
 */
export class RunRecording {
  private readonly writer: ChunkWriter;
  private segment: OpenSegment | undefined;
  private broken: NodeJS.ErrnoException | undefined;

  constructor(
    storage: ChunkStorage,
    folder: string,
    private readonly monotonicMs: () => number,
  ) {
    this.writer = new ChunkWriter(storage, folder);
  }

  /** What the disk did, if it failed. */
  get failure(): NodeJS.ErrnoException | undefined {
    return this.broken;
  }

  /** Appends a part to the open segment. @throws what the disk threw */
  async append(part: PackedPart): Promise<void> {
    await this.onDisk(async () => {
      const segment = (this.segment ??= { meter: new SegmentMeter(), parts: [], chunks: [], monotonicMs: this.monotonicMs() });
      const writing = this.writer.append(part.chunks, part.byteLength);
      // Hashed while the disk works.
      segment.meter.add(part);
      segment.parts.push(await writing);
      segment.chunks.push(...part.chunks);
    });
  }

  /** Ends the open segment; undefined when there is none. @throws what the disk threw, ReadBackMismatch */
  async seal(): Promise<SealedSegment | undefined> {
    return await this.onDisk(async () => {
      const segment = this.segment;
      const first = segment?.parts[0];
      if (!segment || !first) return undefined;
      await this.writer.sync();
      const whole = { ...first, length: segment.meter.byteLength };
      const facts = segment.meter.facts();
      if (!(await this.writer.givesBack(whole, segment.chunks))) throw new ReadBackMismatch(whole);
      this.segment = undefined;
      const { parts, chunks, monotonicMs } = segment;
      return { ...facts, whole, parts, chunks, monotonicMs: Math.round(monotonicMs) };
    });
  }

  /** After a segment was sealed. @throws what the disk threw */
  async segmentEnded(durationMs: number): Promise<void> {
    await this.onDisk(() => this.writer.segmentEnded(durationMs));
  }

  /** Seals what is open and lets the file go. Never throws: `failure` tells. */
  async end(): Promise<SealedSegment | undefined> {
    let sealed: SealedSegment | undefined;
    try {
      sealed = await this.seal();
    } catch (error) {
      this.broken ??= asError(error);
    }
    try {
      await this.writer.close();
    } catch (error) {
      this.broken ??= asError(error);
    }
    return sealed;
  }

  private async onDisk<T>(task: () => Promise<T>): Promise<T> {
    if (this.broken) throw this.broken;
    try {
      return await task();
    } catch (error) {
      this.broken = asError(error);
      throw error;
    }
  }
}

const asError = (error: unknown): Error => (isNativeError(error) ? error : new Error(String(error)));
