import type { FaultCode } from '@app/contracts';
import type { History } from '@app/hls';
import type { SegmentRow } from '../recording/recording-rows';
import type { MediaBody } from './media-body';

/** What the owner before left behind. */
export interface RestoredPast {
  history: History<MediaBody>;
  /** Segments of the history that the database does not know yet. */
  unreported: readonly SegmentRow[];
  filesReachable: boolean;
  /** Why nothing was recorded since. */
  absence: Extract<FaultCode, 'packager-lost' | 'packager-restarted'>;
}
