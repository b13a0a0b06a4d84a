import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AuditLog } from '@app/audit';
import { requireAccess } from '@app/access';
import type { AccreditationSettings } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Elections } from '@app/elections';
import { decisionDays } from './decision-days';
import type { Decider } from './deciders';
import { auditActor } from './history';

type Settings = z.output<typeof AccreditationSettings>;

@Injectable()
export class AccreditationRules {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly elections: Elections,
  ) {}

  /**
   * Applications that wait keep the deadline they were promised.
   * @throws DomainError `access.denied`, `election.not-found`
   */
  async change(session: Decider, { decisionDays: days }: Settings): Promise<Settings> {
    const { id } = await this.elections.requireCurrent();
    const grant = requireAccess(session, 'accreditation.decide', { electionId: id });
    await this.db.transaction().execute(async (tx) => {
      const before = await decisionDays(tx, id);
      await tx.updateTable('elections').set({ accreditation_days: days }).where('id', '=', id).execute();
      await AuditLog.append(tx, {
        ...auditActor({ kind: 'decider', userId: session.user.id, grant }),
        electionId: id,
        action: 'accreditation.deadline-changed',
        subject: { kind: 'election', id },
        from: String(before),
        to: String(days),
      });
    });
    return { decisionDays: days };
  }
}
