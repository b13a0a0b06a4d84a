import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Inject } from '@nestjs/common';
import { DelayedError, type Job, WaitingError } from 'bullmq';
import { JOBS } from '@app/contracts';
import { EvidencePackages, type PackageOutcome } from '@app/evidence';
import { LOGGER, type Logger } from '@app/platform';

/** Each reads, hashes and writes some hundred megabytes: one after the other leaves the disk to the recording. */
const CONCURRENCY = 1;
/** A package whose worker was killed is simply made again. */
const MAX_STALLED_COUNT = 10;

/** Takes `make-evidence-package` jobs. */
@Processor(JOBS['make-evidence-package'].queue, { concurrency: CONCURRENCY, maxStalledCount: MAX_STALLED_COUNT })
export class PackagesProcessor extends WorkerHost implements BeforeApplicationShutdown {
  constructor(
    private readonly packages: EvidencePackages,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  /** BullMQ gives a signal only to a processor that declares three parameters without defaults. */
  async process(job: Job<unknown>, token?: string, signal?: AbortSignal): Promise<void> {
    const { packageId } = JOBS['make-evidence-package'].payload.parse(job.data);
    const isLast = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
    const outcome = await this.make(packageId, isLast, signal);
    if (outcome.kind === 'done') return;
    if (outcome.kind === 'stopped') {
      // Shutting down is no failed try: another process, or this one after its restart, takes the job again.
      await job.moveToWait(token);
      throw new WaitingError();
    }
    await job.moveToDelayed(Date.now() + outcome.retryInMs, token);
    throw new DelayedError();
  }

  private async make(id: string, isLast: boolean, signal?: AbortSignal): Promise<PackageOutcome | { kind: 'stopped' }> {
    try {
      return await this.packages.make(id, { isLast, ...(signal && { signal }) });
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
    const packageId = (job?.data as { packageId?: string } | undefined)?.packageId;
    this.logger.warn({ err: error, packageId }, 'a try to make an evidence package failed');
  }

  @OnWorkerEvent('error')
  lost(error: Error): void {
    this.logger.warn({ err: error }, 'the evidence queue cannot be reached');
  }
}
