import { Inject, Injectable } from '@nestjs/common';
import { requireAccess, requireStepUp } from '@app/access';
import { AuditLog, byUser } from '@app/audit';
import type { DecisionsPage, DecisionsQuery, ExportDecisions } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { Clock, InvalidFields } from '@app/platform';
import { type Actor, readableBy } from '../cases/case-access';
import { DECISIONS_HEAD, decisionLine } from './decision-file';
import { conditionsOf, type DecisionPosition, selectDecisions } from './decision-rows';
import { withDeciders } from './deciders';

const LINES_AT_ONCE = 500;

/** What was decided, by whom and how fast, for staff. */
@Injectable()
export class DecisionsLog {
  constructor(
    @Inject(DB) private readonly db: Db,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws DomainError `access.denied`; InvalidFields for a cursor that is not ours */
  async list(actor: Actor, { limit, cursor, ...filter }: DecisionsQuery): Promise<DecisionsPage> {
    requireAccess(actor, 'incident.read-all');
    const after = cursor === undefined ? undefined : positionOf(cursor);
    const conditions = await conditionsOf(this.db, filter);
    const rows = await selectDecisions(this.db, readableBy(actor, null), conditions, limit + 1, after);
    const last = rows.length > limit ? rows[limit - 1] : undefined;
    const items = await withDeciders(this.db, rows.slice(0, limit));
    return { items, nextCursor: last ? cursorOf({ at: last.at, incidentId: last.incident_id, round: last.round }) : null };
  }

  /** @returns the file, written while it is read @throws DomainError `access.denied`, `access.step-up-needed` */
  async export(actor: Actor, { reason, ...filter }: ExportDecisions): Promise<AsyncGenerator<string>> {
    const grant = requireAccess(actor, 'incident.read-all');
    requireStepUp(actor);
    const at = this.clock.now();
    await this.db.transaction().execute((tx) =>
      AuditLog.append(tx, {
        electionId: null,
        actor: byUser(actor.user.id),
        grant,
        action: 'decisions.exported',
        subject: { kind: 'decisions', id: 'csv' },
        reason,
        detail: { filter },
        at,
      }),
    );
    return this.lines(actor, filter);
  }

  private async *lines(actor: Actor, filter: Omit<ExportDecisions, 'reason'>): AsyncGenerator<string> {
    yield DECISIONS_HEAD;
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await this.list(actor, { ...filter, limit: LINES_AT_ONCE, ...(cursor !== undefined && { cursor }) });
      yield page.items.map(decisionLine).join('');
      cursor = page.nextCursor;
    }
  }
}

function cursorOf({ at, incidentId, round }: DecisionPosition): string {
  return Buffer.from(`d${at.getTime()} ${incidentId} ${round}`).toString('base64url');
}

function positionOf(cursor: string): DecisionPosition {
  const [, at, incidentId, round] =
    /^d(\d{1,15}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\d{1,9})$/.exec(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    ) ?? [];
  if (at === undefined || incidentId === undefined)
    throw new InvalidFields([{ field: 'cursor', rule: 'is a cursor of this list' }]);
  return { at: new Date(Number(at)), incidentId, round: Number(round) };
}
