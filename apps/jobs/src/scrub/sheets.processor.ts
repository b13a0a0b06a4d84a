import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { Job } from 'bullmq';
import { JOBS } from '@app/contracts';
import { DomainError, LOGGER, type Logger, RoomForDerived } from '@app/platform';
import { ScrubSheets } from '@app/recordings';

/** One at a time: recording and clips come first. A sheet whose worker was killed is simply made again. */
@Processor(JOBS['make-scrub-sheet'].queue, { concurrency: 1, maxStalledCount: 10 })
export class SheetsProcessor extends WorkerHost {
  constructor(
    private readonly sheets: ScrubSheets,
    private readonly room: RoomForDerived,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async process(job: Job<unknown>): Promise<void> {
    const { cameraId, startsAt } = JOBS['make-scrub-sheet'].payload.parse(job.data);
    // It is asked for again in a while, or made for who wants to see it.
    if (!(await this.room.has('sheets'))) return;
    try {
      await this.sheets.sheet({ cameraId, startsAt: startsAt * 1000 });
    } catch (error) {
      // Its footage was deleted in the meantime: there is nothing to make.
      if (error instanceof DomainError && error.code === 'media.not-found') return;
      throw error;
    }
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.warn({ err: error, sheet: job?.data as unknown }, 'a scrub sheet could not be made');
  }

  @OnWorkerEvent('error')
  lost(error: Error): void {
    this.logger.warn({ err: error }, 'the scrub queue cannot be reached');
  }
}
