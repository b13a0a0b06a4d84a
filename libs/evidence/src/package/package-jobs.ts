import { Inject, Injectable } from '@nestjs/common';
import { DB, type Db } from '@app/database';
import { Clock, LOGGER, type Logger } from '@app/platform';
import { JobQueue } from '@app/queue';

/** Tries of one job; after them the package has failed. */
const ATTEMPTS = 5;
/** A package still not begun this long after it was asked for may have lost its job. */
const LOST_AFTER_MS = 5_000;
const SWEEP_LIMIT = 100;

/** Asks for packages to be made. Asking twice is harmless: one unfinished job per package. */
@Injectable()
export class PackageJobs {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Returns at once: what the queue did not take is found by `requestLost`. */
  request(packageId: string): void {
    this.enqueue(packageId).catch((error: unknown) =>
      this.logger.warn({ err: error, packageId }, 'the package is not in the queue yet; it will be asked for again'),
    );
  }

  /** Asks again for packages whose job got lost, for instance with the queue engine's data. @returns how many */
  async requestLost(): Promise<number> {
    const lost = await this.db
      .selectFrom('evidence_packages')
      .select('id')
      .where('state', 'in', ['waiting', 'building'])
      .where('requested_at', '<', new Date(this.clock.nowMs() - LOST_AFTER_MS))
      .orderBy('requested_at')
      .limit(SWEEP_LIMIT)
      .execute();
    for (const { id } of lost) await this.enqueue(id);
    return lost.length;
  }

  private async enqueue(packageId: string): Promise<void> {
    await this.jobs.enqueue('make-evidence-package', { packageId }, { deduplicationId: packageId, attempts: ATTEMPTS });
  }
}
