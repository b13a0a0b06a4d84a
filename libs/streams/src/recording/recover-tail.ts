import { FragmentParser, MediaInvalid, type PackedEvent, Segmenter } from '@app/hls';
import { PART_TARGET_SECONDS } from '../packaging/packaging-settings';
import type { FileRange } from './chunk-storage';
import { type SegmentFacts, SegmentMeter } from './segment-facts';

export interface RecoveredSegment extends SegmentFacts {
  range: FileRange;
  /** 90 kHz ticks. */
  durationTicks: number;
  independent: boolean;
}

/**
 * Finds the segments that a lost packager wrote but did not report: the bytes of one chunk file after its last reported segment. Packed
 * by the same rule from a segment's start, they give the parts that were published. A torn fragment at the end is left out.
 */
export function recoverTail(
  init: Buffer,
  tail: Buffer,
  at: { file: string; offset: number },
  targetDuration: number,
): RecoveredSegment[] {
  const parser = new FragmentParser();
  const segmenter = new Segmenter({ partTarget: PART_TARGET_SECONDS, targetDuration });
  const found: RecoveredSegment[] = [];
  let offset = at.offset;
  let meter = new SegmentMeter();
  const take = (events: readonly PackedEvent[]): void => {
    for (const event of events) {
      if (event.kind === 'part') meter.add(event.part);
      if (event.kind !== 'segment-end') continue;
      const range = { file: at.file, offset, length: meter.byteLength };
      found.push({ range, durationTicks: event.duration, independent: event.independent, ...meter.facts() });
      offset += range.length;
      meter = new SegmentMeter();
    }
  };
  try {
    parser.push(init);
    for (const piece of parser.pushLazily(tail)) if (piece.kind === 'fragment') take(segmenter.push(piece));
  } catch (error) {
    // What came before the damage is good; nothing after it can be read.
    if (!(error instanceof MediaInvalid)) throw error;
  }
  take(segmenter.finish());
  return found;
}
