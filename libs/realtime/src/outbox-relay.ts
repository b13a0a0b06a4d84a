import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ZodError } from 'zod';
import { EVENTS, type EventName } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { LOGGER, type Logger } from '@app/platform';
import { Fanout } from './fanout';

/** How long an event waits at most whose own process died, or could not publish, after the commit. */
export const OUTBOX_SWEEP_MS = 1_000;
const BATCH = 100;

/**
 * Publishes what committed transactions left in the outbox, at least once, and then deletes it. Any number of
 * processes may do so at the same time: each takes rows that no other holds.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;

  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly fanout: Fanout,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.kick(), OUTBOX_SWEEP_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Publishes now what is committed by now; to be called right after a commit. */
  kick(): void {
    this.again = true;
    if (this.running) return;
    this.running = this.drain().finally(() => {
      this.running = undefined;
      if (this.again) this.kick();
    });
  }

  private async drain(): Promise<void> {
    while (this.again) {
      this.again = false;
      try {
        while ((await this.publishBatch()) === BATCH);
      } catch (error) {
        this.logger.warn({ err: error }, 'events wait in the outbox');
      }
    }
  }

  /** @returns how many rows it took. */
  private async publishBatch(): Promise<number> {
    return this.db.transaction().execute(async (tx) => {
      const rows = await tx
        .selectFrom('outbox')
        .select(['id', 'event', 'payload'])
        .orderBy('id')
        .limit(BATCH)
        .forUpdate()
        .skipLocked()
        .execute();
      if (rows.length === 0) return 0;
      for (const row of rows) await this.publish(row.event, row.payload);
      await tx
        .deleteFrom('outbox')
        .where(
          'id',
          'in',
          rows.map((row) => row.id),
        )
        .execute();
      return rows.length;
    });
  }

  /** An event that no process could ever read is reported and dropped: it must not hold up the ones behind it. */
  private async publish(event: string, payload: unknown): Promise<void> {
    try {
      if (!(event in EVENTS)) throw new Error(`There is no event ${event}`);
      await this.fanout.publish(event as EventName, payload as never);
    } catch (error) {
      if (event in EVENTS && !(error instanceof ZodError)) throw error;
      this.logger.error({ err: error, event }, 'an event of the outbox is not valid and was dropped');
    }
  }
}
