import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, LOGGER, type Logger } from '@app/platform';
import { JobQueue } from '@app/queue';
import { ScrubSheets, SHEET_MS, SHEET_SETTLED_MS, type SheetName, SheetRepository } from '@app/recordings';

const ROUND_MS = 30_000;
/** Older ones are made when somebody wants to see them. */
const SHEETS_BACK = 3;
const DUE_AT_ONCE = 200;
const WALK_AT_ONCE = 1_000;

/** Asks for the sheets of the ten minutes that are over, and removes those whose footage was deleted. */
@Injectable()
export class SheetRounds implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private reached: SheetName | undefined;
  private isRunning = false;

  constructor(
    private readonly repository: SheetRepository,
    private readonly sheets: ScrubSheets,
    private readonly queue: JobQueue,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.round(), ROUND_MS);
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  async round(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      await this.removeOutdated();
      await this.askForDue();
    } catch (error) {
      this.logger.warn({ err: error }, 'scrub sheets cannot be looked after');
    } finally {
      this.isRunning = false;
    }
  }

  private async askForDue(): Promise<void> {
    const newest = Math.floor((this.clock.nowMs() - SHEET_SETTLED_MS) / SHEET_MS) * SHEET_MS - SHEET_MS;
    const starts = Array.from({ length: SHEETS_BACK }, (_, back) => newest - back * SHEET_MS);
    for (const { cameraId, startsAt } of await this.repository.due(starts, DUE_AT_ONCE)) {
      const payload = { cameraId, startsAt: startsAt / 1000 };
      await this.queue.enqueue('make-scrub-sheet', payload, { deduplicationId: `scrub-${cameraId}-${payload.startsAt}` });
    }
  }

  /** Some of a walk over all of them, from the oldest on, which is how footage is deleted. */
  private async removeOutdated(): Promise<void> {
    const page = await this.repository.walk(this.reached, WALK_AT_ONCE);
    for (const sheet of page) if (sheet.isOutdated) await this.sheets.remove(sheet);
    this.reached = page.length === WALK_AT_ONCE ? page.at(-1) : undefined;
  }
}
