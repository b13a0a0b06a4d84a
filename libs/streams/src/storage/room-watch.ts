import { diskLevel, type DiskFigures, type DiskThresholds } from '@app/platform';

/** What is to be done now: nothing, stop and give up the ballast, or make the ballast and go on. */
export type RoomVerdict = 'stay' | 'stop' | 'go-on' | 'make-ballast';

export interface Room {
  figures: DiskFigures;
  stopped: boolean;
  ballast: { bytes: number; missingBytes: number };
}

/**
 * Whether there is room to record. Recording goes on once the ballast and as much again fit below the full level: what is freed by giving
 * up the ballast is no room, and a disk just below the level would be full again at once.
 */
export function judgeRoom({ figures, stopped, ballast }: Room, thresholds: DiskThresholds): RoomVerdict {
  const isFull = (moreBytes: number): boolean => diskLevel(withMore(figures, moreBytes), thresholds) === 'full';
  if (stopped) return isFull(ballast.missingBytes + ballast.bytes) ? 'stay' : 'go-on';
  if (isFull(0)) return 'stop';
  return ballast.missingBytes > 0 && !isFull(ballast.missingBytes + ballast.bytes) ? 'make-ballast' : 'stay';
}

const withMore = ({ usedBytes, freeBytes }: DiskFigures, moreBytes: number): DiskFigures => ({
  usedBytes: usedBytes + moreBytes,
  freeBytes: freeBytes - moreBytes,
});
