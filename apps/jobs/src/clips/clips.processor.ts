import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Inject } from '@nestjs/common';
import { DelayedError, type Job, WaitingError } from 'bullmq';
import { JOBS } from '@app/contracts';
import { type ClipOutcome, ClipService } from '@app/evidence';
import { LOGGER, type Logger, RoomForDerived } from '@app/platform';

/** Each is one ffmpeg that copies: bound by the disk, and over in a second. */
const CONCURRENCY = 4;
/** While the disk is nearly full. */
const NO_ROOM_MS = 10_000;
/** A clip whose worker was killed is simply cut again. */
const MAX_STALLED_COUNT = 10;

/** Takes `cut-clip` jobs. */
@Processor(JOBS['cut-clip'].queue, { concurrency: CONCURRENCY, maxStalledCount: MAX_STALLED_COUNT })
export class ClipsProcessor extends WorkerHost implements BeforeApplicationShutdown {
  constructor(
    private readonly clips: ClipService,
    private readonly room: RoomForDerived,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  /** BullMQ gives a signal only to a processor that declares three parameters without defaults. */
  async process(job: Job<unknown>, token?: string, signal?: AbortSignal): Promise<void> {
    const { incidentId } = JOBS['cut-clip'].payload.parse(job.data);
    // Its footage is held; it can be cut when there is room again.
    if (!(await this.room.has('clips'))) return await this.later(job, NO_ROOM_MS, token);
    const isLast = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
    const outcome = await this.cut(incidentId, isLast, signal);
    if (outcome.kind === 'done') return;
    if (outcome.kind === 'stopped') {
      // Shutting down is no failed try: another process, or this one after its restart, takes the job again.
      await job.moveToWait(token);
      throw new WaitingError();
    }
    return await this.later(job, outcome.retryInMs, token);
  }

  private async later(job: Job<unknown>, inMs: number, token: string | undefined): Promise<never> {
    await job.moveToDelayed(Date.now() + inMs, token);
    throw new DelayedError();
  }

  private async cut(incidentId: string, isLast: boolean, signal?: AbortSignal): Promise<ClipOutcome | { kind: 'stopped' }> {
    try {
      return await this.clips.cut(incidentId, { isLast, ...(signal && { signal }) });
    } catch (error) {
      if (signal?.aborted) return { kind: 'stopped' };
      throw error;
    }
  }

  beforeApplicationShutdown(): void {
    this.worker.cancelAllJobs('shutdown');
  }

  @OnWorkerEvent('failed')
  failed(job: Job | undefined, error: Error): void {
    this.logger.warn(
      { err: error, incidentId: (job?.data as { incidentId?: string } | undefined)?.incidentId },
      'a try to cut a clip failed',
    );
  }

  @OnWorkerEvent('error')
  lost(error: Error): void {
    this.logger.warn({ err: error }, 'the clips queue cannot be reached');
  }
}
