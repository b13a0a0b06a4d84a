import { Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { JOBS } from '@app/contracts';
import { LOGGER, type Logger } from '@app/platform';
import { JobQueue } from '@app/queue';
import { Fanout } from '@app/realtime';
import { Upkeep } from '@app/streams';
import { Rounds } from './rounds';

const EVERY_MS = 1_000;
/** The schedule is stated again this often, in case the queue engine lost what it knew. */
const STATE_AGAIN_MS = 5_000;

/** Compares desired and real state once a second, and at once when somebody changed a camera. */
@Processor(JOBS['compare-desired'].queue, {
  autorun: false,
  concurrency: 1,
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000,
})
export class UpkeepProcessor extends WorkerHost implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly schedule = new Rounds(
    () => this.queue.schedule('compare-desired', {}, EVERY_MS),
    (error) => this.logger.warn({ err: error }, 'upkeep could not be scheduled yet'),
  );
  private stopListening = (): void => undefined;

  constructor(
    private readonly upkeep: Upkeep,
    private readonly queue: JobQueue,
    private readonly fanout: Fanout,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  async process(): Promise<void> {
    await this.upkeep.compare();
  }

  onApplicationBootstrap(): void {
    this.worker.on('error', (error) => this.logger.warn({ err: error }, 'the upkeep queue failed'));
    this.worker.on('failed', (_job, error) => this.logger.warn({ err: error }, 'desired and real state could not be compared'));
    this.schedule.once();
    this.schedule.start(STATE_AGAIN_MS);
    this.stopListening = this.fanout.on('CamerasChanged', () => this.compareNow());
    this.worker.run().catch((error: unknown) => this.logger.error({ err: error }, 'the upkeep worker ended'));
  }

  onModuleDestroy(): void {
    void this.schedule.stop();
    this.stopListening();
  }

  private compareNow(): void {
    this.upkeep.compare().catch((error: unknown) => {
      this.logger.warn({ err: error }, 'desired and real state could not be compared');
    });
  }
}
