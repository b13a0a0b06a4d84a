import { Inject, Injectable } from '@nestjs/common';
import { requireAccess, requireStepUp } from '@app/access';
import { type AuditFilter, AuditLog, type AuditPosition, byUser, searchAudit } from '@app/audit';
import type { ExportAudit } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock } from '@app/platform';
import type { Actor } from '../cases/case-access';
import type { AuditForm } from './audit-files';
import { auditFilterOf } from './audit-filter';
import { toAuditEvent } from './audit-search';

const EVENTS_AT_ONCE = 500;

/** Taking along what a search of the log finds. That it was done is an event itself, written before the first line. */
@Injectable()
export class AuditExport {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** @returns the file, written while it is read @throws DomainError `access.denied`, `access.step-up-needed` */
  async export(actor: Actor, { reason, ...query }: ExportAudit, form: AuditForm): Promise<AsyncGenerator<string>> {
    const grant = requireAccess(actor, 'audit.read');
    requireStepUp(actor);
    const filter = await auditFilterOf(this.db, actor, query);
    const at = this.clock.now();
    await this.db.transaction().execute((tx) =>
      AuditLog.append(tx, {
        electionId: query.election ?? null,
        actor: byUser(actor.user.id),
        grant,
        action: 'audit.exported',
        subject: { kind: 'audit', id: form.extension },
        reason,
        detail: { filter: query },
        at,
      }),
    );
    // What is written while the file is read is no part of it.
    const to = filter.to && filter.to < at ? filter.to : at;
    return this.lines({ ...filter, to }, form);
  }

  private async *lines(filter: AuditFilter, form: AuditForm): AsyncGenerator<string> {
    yield form.head;
    let after: AuditPosition | undefined;
    for (;;) {
      const { events, hasMore } = await searchAudit(this.db, filter, EVENTS_AT_ONCE, after);
      const texts = events.map((event) => form.one(toAuditEvent(event)));
      if (texts.length > 0) yield (after ? form.between : '') + texts.join(form.between);
      const last = events.at(-1);
      if (!hasMore || !last) break;
      after = last;
    }
    yield form.tail;
  }
}
