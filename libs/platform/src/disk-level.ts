import type { DiskFigures } from './disk-space';

/** Shares of a disk, 0 to 1, each higher than the one before. */
export interface DiskThresholds {
  /** Somebody should look. */
  filling: number;
  /** The oldest footage that nothing holds is deleted before its time. */
  short: number;
  /** Deleting does not keep up, or all that is left is held. */
  critical: number;
  /** Recording is about to fail. */
  full: number;
}

export type DiskLevel = 'enough' | keyof DiskThresholds;

/** As `df` counts it: of what is used and what may still be written; blocks kept back for the system are neither. */
export function usedShare({ usedBytes, freeBytes }: DiskFigures): number {
  const bytes = usedBytes + freeBytes;
  return bytes > 0 ? usedBytes / bytes : 1;
}

export function diskLevel(figures: DiskFigures, thresholds: DiskThresholds): DiskLevel {
  const share = usedShare(figures);
  if (share >= thresholds.full) return 'full';
  if (share >= thresholds.critical) return 'critical';
  if (share >= thresholds.short) return 'short';
  return share >= thresholds.filling ? 'filling' : 'enough';
}

/** How many bytes must go until less than `share` of the disk is used; 0 when that is so. */
export function bytesAbove({ usedBytes, freeBytes }: DiskFigures, share: number): number {
  const over = usedBytes - share * (usedBytes + freeBytes);
  return over < 0 ? 0 : Math.floor(over) + 1;
}
