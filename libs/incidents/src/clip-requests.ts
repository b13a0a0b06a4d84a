import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { DB, type Db } from '@app/database';
import { Clock, LOGGER, type Logger } from '@app/platform';
import { JobQueue } from '@app/queue';

/** Tries of one job; after them the clip has failed. */
export const CLIP_ATTEMPTS = 5;
/** A clip still not cut this long after it could be has lost its job. */
const LOST_AFTER_MS = 5_000;
const SWEEP_LIMIT = 500;

/** Asks for clips to be cut. Asking twice is harmless: one unfinished job per incident. */
@Injectable()
export class ClipRequests {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Returns at once: a flag does not wait for the queue, and `requestLost` finds what it did not take. */
  request(incidentId: string, readyAfter: Date): void {
    this.enqueue(incidentId, readyAfter).catch((error: unknown) =>
      this.logger.warn({ err: error, incidentId }, 'the clip is not in the queue yet; it will be asked for again'),
    );
  }

  /** Asks again for the clips whose job got lost, for instance with the queue engine's data. @returns how many. */
  async requestLost(): Promise<number> {
    const lost = await this.db
      .selectFrom('incident_clips')
      .select(['incident_id', 'ready_after'])
      .where('state', 'in', ['waiting', 'cutting'])
      .where('ready_after', '<', new Date(this.clock.nowMs() - LOST_AFTER_MS))
      .orderBy('ready_after')
      .orderBy(sql`incident_id`)
      .limit(SWEEP_LIMIT)
      .execute();
    for (const { incident_id, ready_after } of lost) await this.enqueue(incident_id, ready_after);
    return lost.length;
  }

  private async enqueue(incidentId: string, readyAfter: Date): Promise<void> {
    const delayMs = Math.max(0, readyAfter.getTime() - this.clock.nowMs());
    await this.jobs.enqueue('cut-clip', { incidentId }, { deduplicationId: incidentId, delayMs, attempts: CLIP_ATTEMPTS });
  }
}
