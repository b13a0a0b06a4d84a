import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { CONFIG, type Config } from '@app/config';
import type { HoldBudgetLevel } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock, LOGGER, type Logger } from '@app/platform';
import { Fanout } from '@app/realtime';
import { budgetLevel, limitOf, type Volume } from './hold-budget';
import { countHeldBytes, countHolds } from './hold-sizes';

/** Holds that one round counts. */
const HOLDS_A_ROUND = 200;

/** Keeps count of what holds keep, and tells when that comes near to their budget. Any number of processes may do it. */
@Injectable()
export class HoldUsage {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
    private readonly fanout: Fanout,
    @Inject(CONFIG) private readonly config: Pick<Config, 'holdBudget' | 'remote'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async count(): Promise<void> {
    const now = this.clock.now();
    await countHolds(this.db, now, HOLDS_A_ROUND);
    const usedBytes = await countHeldBytes(this.db, now);
    const limitBytes = await this.limit();
    const level = budgetLevel(usedBytes, limitBytes);
    const before = await this.store({ usedBytes, limitBytes, level }, now);
    if (before !== level) this.tell(before, level, { usedBytes, limitBytes });
  }

  private async limit(): Promise<number | null> {
    const { holdBudget, remote } = this.config;
    // With a bucket, footage does not end where the disks do.
    if (holdBudget.kind === 'share' && remote) return null;
    const rows = await this.db.selectFrom('packagers').select('disk').execute();
    const limit = limitOf(
      holdBudget,
      rows.flatMap(({ disk }): Volume[] => (disk ? [disk] : [])),
    );
    if (limit !== undefined) return limit;
    // No packager lives: what the budget was is better than none.
    return (await this.db.selectFrom('hold_usage').select('limit_bytes').executeTakeFirst())?.limit_bytes ?? null;
  }

  /** @returns the level before; what was never counted was enough */
  private async store(
    { usedBytes, limitBytes, level }: { usedBytes: number; limitBytes: number | null; level: HoldBudgetLevel },
    now: Date,
  ): Promise<HoldBudgetLevel> {
    return await this.db.transaction().execute(async (tx) => {
      const before = await tx.selectFrom('hold_usage').select('level').forUpdate().executeTakeFirst();
      await sql`
        insert into hold_usage as usage (used_bytes, limit_bytes, level, level_since, counted_at)
        values (${usedBytes}, ${limitBytes}, ${level}, ${now}, ${now})
        on conflict (is_only) do update set used_bytes = excluded.used_bytes, limit_bytes = excluded.limit_bytes, level = excluded.level,
          counted_at = excluded.counted_at,
          level_since = case when usage.level = excluded.level then usage.level_since else excluded.level_since end`.execute(tx);
      return before?.level ?? 'enough';
    });
  }

  private tell(before: HoldBudgetLevel, level: HoldBudgetLevel, figures: { usedBytes: number; limitBytes: number | null }): void {
    const told = { before, level, ...figures };
    if (level === 'enough') this.logger.info(told, 'holds keep less than the alarm of their budget again');
    else if (level === 'over') this.logger.error(told, 'holds keep more than their budget: nobody can hold more by hand');
    else this.logger.warn(told, 'holds come near to their budget');
    this.fanout.publish('HoldBudgetChanged', { level, ...figures }).catch((error: unknown) => {
      this.logger.debug({ err: error }, 'the level of the budget was not announced');
    });
  }
}
