import type { PackedPart } from '@app/hls';
import type { RunRecording, SealedSegment } from '../recording/run-recording';

/** A run between what its recording has and what the list shows of it. */
export interface OpenRun {
  id: string;
  recording: RunRecording;
  /** Parts that are written and not listed yet. */
  unlisted: PackedPart[];
  /** A segment that is durable and not listed as such yet. */
  sealed: SealedSegment | undefined;
  /** Whoever comes next knows enough of the run: it finds in its files what was listed, and no file is without a name on record. */
  isKnown: boolean;
  /** A moment without the lease: what came meanwhile would be missing inside the run, so it takes nothing more. */
  isCut: boolean;
}
