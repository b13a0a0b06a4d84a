import { Injectable } from '@nestjs/common';
import { Clock } from '@app/platform';
import { gapCauseOf } from './gap-cause';
import { type LedgerFacts, nextLedger, rebuildFrom } from './ledger';
import { type DueCamera, LedgerStore } from './ledger-store';

/** Cameras that are told in one transaction. */
const BATCH = 100;

/**
 * Keeps the record of gaps: what was planned, and what the index and the switches say of it. Goes on from where it was, whoever did it
 * before, and can be done by several processes at once.
 */
@Injectable()
export class GapLedger {
  constructor(
    private readonly store: LedgerStore,
    private readonly clock: Clock,
  ) {}

  /** Tells the gaps of all cameras up to now. */
  async catchUp(): Promise<void> {
    let after: string | undefined;
    do {
      const cameras = await this.store.due(this.clock.nowMs(), after, BATCH);
      if (cameras.length > 0) await this.tell(cameras);
      after = cameras.length === BATCH ? cameras.at(-1)?.cameraId : undefined;
    } while (after !== undefined);
  }

  private async tell(cameras: readonly DueCamera[]): Promise<void> {
    await this.store.transaction(async (tx) => {
      const known = await this.store.lock(tx, cameras);
      const mine = cameras.filter(({ cameraId }) => known.has(cameraId));
      if (mine.length === 0) return;
      const rows = await this.store.rows(tx, known);
      const off = await this.store.switchedOff(tx, mine);
      const facts = new Map<string, LedgerFacts>();
      // After the rows were read: what is older than this and not among them has not come yet.
      const nowMs = this.clock.nowMs();
      for (const camera of mine) {
        const progress = known.get(camera.cameraId);
        if (!progress) continue;
        facts.set(camera.cameraId, {
          planned: camera.planned,
          progress,
          rows: rows.get(camera.cameraId) ?? [],
          off: off.get(camera.cameraId) ?? [],
          endings: [],
          // A camera that its last words call live is silent because its recorder is.
          silence: camera.reason === null ? 'recorder-restart' : gapCauseOf(camera.reason),
          nowMs,
        });
      }
      const since = new Map([...facts].map(([id, fact]) => [id, rebuildFrom(fact)]));
      const gaps = await this.store.gapsSince(tx, since);
      const endings = await this.store.endings(tx, since);
      for (const [cameraId, fact] of facts) {
        const change = nextLedger({ ...fact, endings: endings.get(cameraId) ?? [] }, gaps.get(cameraId) ?? []);
        await this.store.write(tx, { cameraId, planned: fact.planned, ...change });
      }
    });
  }
}
