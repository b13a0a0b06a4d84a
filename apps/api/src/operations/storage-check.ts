import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@app/config';
import type { BucketWatch } from '@app/storage';
import { diskLevel, DiskSpace, FileStore, usedShare } from '@app/platform';

/** The bucket of the footage; undefined: there is none. */
export const BUCKET = Symbol('Bucket');

/** Whether clips can be written here, and how full the disks of this machine are. */
@Injectable()
export class StorageCheck {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'dataDirectory' | 'storageDirectory' | 'disk'>,
    private readonly files: FileStore,
    private readonly space: DiskSpace,
    @Inject(BUCKET) private readonly bucket: Pick<BucketWatch, 'warning'> | undefined,
  ) {}

  /** @returns a warning while a disk is short, or the bucket cannot be reached. @throws when nothing can be written, or a disk is full */
  async check(): Promise<string | undefined> {
    const shares = await Promise.all([this.shareOf(this.config.dataDirectory), this.shareOf(this.config.storageDirectory)]);
    const worst = shares.reduce((a, b) => (b.share > a.share ? b : a));
    const used = `${Math.floor(worst.share * 100)} % used`;
    if (worst.level === 'full') throw new Error(`The disk is full: ${used}`);
    await this.files.check();
    if (worst.level === 'critical') return `The disk is nearly full: ${used}`;
    if (worst.level === 'short') return `The disk is short, old footage is being deleted: ${used}`;
    // Recording goes on without it, and what waits is sent later.
    return await this.bucket?.warning();
  }

  private async shareOf(directory: string) {
    const figures = await this.space.read(directory);
    return { share: usedShare(figures), level: diskLevel(figures, this.config.disk) };
  }
}
