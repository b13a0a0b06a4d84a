import {
  bytesAbove,
  diskLevel,
  type DiskFigures,
  type DiskLevel,
  type DiskSpace,
  type DiskThresholds,
  type Logger,
  usedShare,
} from '@app/platform';

export interface DiskState {
  figures: DiskFigures;
  level: DiskLevel;
  /** What has to go until the disk is no longer short. */
  excessBytes: number;
}

/** How full the disk of the media folder is; says so once when that comes to another level. */
export class DiskWatch {
  private level: DiskLevel = 'enough';

  constructor(
    private readonly space: DiskSpace,
    private readonly mediaDirectory: string,
    private readonly thresholds: DiskThresholds,
    private readonly logger: Logger,
  ) {}

  /** @throws when the disk cannot be asked */
  async look(): Promise<DiskState> {
    const figures = await this.space.read(this.mediaDirectory);
    const level = diskLevel(figures, this.thresholds);
    if (level !== this.level) this.tell(level, figures);
    this.level = level;
    return { figures, level, excessBytes: bytesAbove(figures, this.thresholds.short) };
  }

  private tell(level: DiskLevel, figures: DiskFigures): void {
    const told = { level, before: this.level, usedPercent: Math.floor(usedShare(figures) * 100), freeBytes: figures.freeBytes };
    if (level === 'enough') this.logger.info(told, 'the disk of the recording has room again');
    else if (level === 'filling') this.logger.warn(told, 'the disk of the recording fills up');
    else if (level === 'short')
      this.logger.warn(told, 'the disk of the recording is short: the oldest footage that nothing holds goes');
    else this.logger.error(told, 'the disk of the recording is nearly full');
  }
}
