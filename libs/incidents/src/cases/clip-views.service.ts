import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, byUser } from '@app/audit';
import { DB, type Db } from '@app/database';
import { Clock } from '@app/platform';
import { type Actor, grantBy, placeOfIncident } from './case-access';
import { notFound, readCase } from './case-store';

/** Custody of the clips of incidents: which staff had one, and when. What reporters see of their own reports is theirs. */
@Injectable()
export class ClipViews {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** On record before any byte leaves, whichever are asked for; a player's many requests are one. @throws DomainError `incident.not-found` */
  async record(actor: Actor, id: string): Promise<void> {
    const stored = await readCase(this.db, id);
    if (!stored) throw notFound();
    const { row } = stored;
    const grant = grantBy(actor, 'incident.read-all', row);
    if (!grant) return;
    await AuditLog.appendVisit(this.db, {
      ...placeOfIncident(row),
      actor: byUser(actor.user.id),
      grant,
      action: 'footage.viewed',
      subject: { kind: 'incident', id },
      at: this.clock.now(),
    });
  }
}
