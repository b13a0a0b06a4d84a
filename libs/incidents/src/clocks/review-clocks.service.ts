import { Inject, Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { AuditLog, byUser } from '@app/audit';
import { requireAccess } from '@app/access';
import type { ReviewClocks as Clocks, Timeliness } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Elections } from '@app/elections';
import { Clock } from '@app/platform';
import type { Actor } from '../cases/case-access';
import { clocksOf } from './clock-store';

/** The clocks of the election of the day: what they are, and how they were kept. */
@Injectable()
export class ReviewClocks {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly elections: Elections,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `election.not-found` */
  async read(): Promise<Clocks> {
    return clocksOf(this.db, (await this.elections.requireCurrent()).id);
  }

  /** @throws DomainError `access.denied`, `election.not-found` */
  async set(actor: Actor, clocks: Clocks): Promise<Clocks> {
    const { id: electionId } = await this.elections.requireCurrent();
    const grant = requireAccess(actor, 'station.import', { electionId });
    await this.db.transaction().execute(async (tx) => {
      const before = await clocksOf(tx, electionId);
      await tx
        .insertInto('review_clocks')
        .values({ election_id: electionId, clocks: JSON.stringify(clocks) })
        .onConflict((conflict) => conflict.column('election_id').doUpdateSet({ clocks: JSON.stringify(clocks) }))
        .execute();
      const subject = { kind: 'election', id: electionId };
      const detail = { from: before, to: clocks };
      const at = this.clock.now();
      await AuditLog.append(tx, {
        electionId,
        actor: byUser(actor.user.id),
        grant,
        action: 'election.clocks-set',
        subject,
        at,
        detail,
      });
    });
    return clocks;
  }

  /** Clocks that ended or were missed by now. Incidents of the system have none to claim in vain: they count as all others. */
  async timeliness(): Promise<Timeliness[]> {
    const { id } = await this.elections.requireCurrent();
    const now = this.clock.now();
    const { rows } = await sql<Counts>`
      select regions.id, regions.name, count(*) as incidents,
        count(*) filter (where claim_due is not null and (claimed_at is not null or claim_due < ${now})) as claim_due,
        count(*) filter (where claim_due < coalesce(claimed_at, ${now})) as claim_missed,
        count(*) filter (where decide_due is not null and (decided_at is not null or (due_at is not null and decide_due < ${now}))) as decision_due,
        count(*) filter (where (decided_at is not null or due_at is not null) and decide_due < coalesce(decided_at, ${now})) as decision_missed
      from incidents join regions on regions.id = incidents.region_id
      where incidents.election_id = ${id} and (claim_due is not null or decide_due is not null) and state not in ('merged', 'withdrawn')
      group by regions.id order by regions.name`.execute(this.db);
    return rows.map((row) => ({
      regionId: row.id,
      region: row.name,
      incidents: row.incidents,
      claim: share(row.claim_due, row.claim_missed),
      decision: share(row.decision_due, row.decision_missed),
    }));
  }
}

interface Counts {
  id: string;
  name: string;
  incidents: number;
  claim_due: number;
  claim_missed: number;
  decision_due: number;
  decision_missed: number;
}

function share(due: number, missed: number): Timeliness['claim'] {
  return { due, missed, share: due === 0 ? null : missed / due };
}
