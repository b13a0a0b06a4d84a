import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { JOBS } from '@app/contracts';
import { ClockRounds } from '@app/incidents';
import { LOGGER, type Logger } from '@app/platform';
import { JobQueue } from '@app/queue';
import { Rounds } from '../upkeep/rounds';

const EVERY_MS = 5_000;
/** The schedule is stated again this often, in case the queue engine lost what it knew. */
const STATE_AGAIN_MS = 5_000;

/** Looks at the clocks of incidents, once in the whole deployment at a time. */
@Processor(JOBS['watch-clocks'].queue, { autorun: false, concurrency: 1, maxStalledCount: 1_000 })
export class ClocksProcessor extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly schedule = new Rounds(
    () => this.queue.schedule('watch-clocks', {}, EVERY_MS),
    (error) => this.logger.warn({ err: error }, 'the review clocks could not be scheduled yet'),
  );

  constructor(
    private readonly rounds: ClockRounds,
    private readonly queue: JobQueue,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async process(): Promise<void> {
    await this.rounds.round();
  }

  onApplicationBootstrap(): void {
    this.worker.on('error', (error) => this.logger.warn({ err: error }, 'the queue of the review clocks failed'));
    this.worker.on('failed', (_job, error) => this.logger.warn({ err: error }, 'the clocks of incidents could not be looked at'));
    this.schedule.once();
    this.schedule.start(STATE_AGAIN_MS);
    this.worker.run().catch((error: unknown) => this.logger.error({ err: error }, 'the worker of the review clocks ended'));
  }

  onModuleDestroy(): void {
    void this.schedule.stop();
  }
}
