import {
  bytesAbove,
  type Clock,
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
  /** When it came to this level. */
  since: Date;
}

/** How full the disk of the media folder is; says so once when that comes to another level. */
export class DiskWatch {
  private level: DiskLevel = 'enough';
  private since: Date | undefined;

  constructor(
    private readonly space: DiskSpace,
    private readonly mediaDirectory: string,
    private readonly thresholds: DiskThresholds,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly logger: Logger,
  ) {}

  /** @throws when the disk cannot be asked */
  async look(): Promise<DiskState> {
    const figures = await this.space.read(this.mediaDirectory);
    const level = diskLevel(figures, this.thresholds);
    if (level !== this.level) this.tell(level, figures);
    if (level !== this.level || !this.since) this.since = this.clock.now();
    this.level = level;
    return { figures, level, excessBytes: bytesAbove(figures, this.thresholds.short), since: this.since };
  }

  private tell(level: DiskLevel, figures: DiskFigures): void {
    const told = { level, before: this.level, usedPercent: Math.floor(usedShare(figures) * 100), freeBytes: figures.freeBytes };
    if (level === 'enough') this.logger.info(told, 'the disk of the recording has room again');
    else if (level === 'filling') this.logger.warn(told, 'the disk of the recording fills up');
    else if (level === 'short')
      this.logger.warn(
        told,
        'the disk of the recording is short: what can be made again goes, then the oldest footage that nothing holds',
      );
    else this.logger.error(told, 'the disk of the recording is nearly full');
  }
}
