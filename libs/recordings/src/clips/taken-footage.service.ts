import { Inject, Injectable } from '@nestjs/common';
import { type CurrentSession, placeOfCamera, requireAccess } from '@app/access';
import { AuditLog, byUser } from '@app/audit';
import { DB, type Db } from '@app/database';
import { Clock, DomainError } from '@app/platform';
import type { TimeRange } from '../recorded-segment';

/** Custody of what leaves the archive: who took footage of which camera along. */
@Injectable()
export class TakenFootage {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** On record before any byte leaves, whichever are asked for; many requests for one range are one. @throws DomainError `access.denied`, `camera.not-found` */
  async record(
    actor: Pick<CurrentSession, 'user' | 'grants' | 'permissions'>,
    cameraId: string,
    { from, to }: TimeRange,
  ): Promise<void> {
    const place = await placeOfCamera(this.db, cameraId);
    if (!place) throw new DomainError('camera.not-found', 'There is no such camera.');
    const grant = requireAccess(actor, 'footage.download', place);
    await AuditLog.appendVisit(this.db, {
      ...place,
      actor: byUser(actor.user.id),
      grant,
      action: 'footage.taken',
      subject: { kind: 'camera', id: cameraId },
      at: this.clock.now(),
      detail: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    });
  }
}
