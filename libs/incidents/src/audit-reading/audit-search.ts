import { Inject, Injectable } from '@nestjs/common';
import { type AuditFilter, type AuditPosition, type FoundEvent, searchAudit } from '@app/audit';
import { requireAccess } from '@app/access';
import type { AuditEvent, AuditQuery, OwnAuditEvent } from '@app/contracts';
import { DB, type Db } from '@app/database';
import { InvalidFields } from '@app/platform';
import type { Actor } from '../cases/case-access';
import { auditFilterOf } from './audit-filter';

/** Reading the audit log: all of one's reach with `audit.read`, what was done with one's own reports with `audit.read-own`. */
@Injectable()
export class AuditSearch {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** Newest first. @throws DomainError `access.denied`, `request.invalid` */
  async search(actor: Actor, query: AuditQuery): Promise<{ items: AuditEvent[]; nextCursor: string | null }> {
    requireAccess(actor, 'audit.read');
    const filter = await auditFilterOf(this.db, actor, query);
    const { events, nextCursor } = await this.page(filter, query);
    return { items: events.map(toAuditEvent), nextCursor };
  }

  /** What was done with one's own reports; staff appear by their roles. */
  async own(
    actor: Actor,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: OwnAuditEvent[]; nextCursor: string | null }> {
    requireAccess(actor, 'audit.read-own');
    const { events, nextCursor } = await this.page({ reportedBy: actor.user.id }, query);
    return { items: events.map((event) => toOwnEvent(event, actor.user.id)), nextCursor };
  }

  private async page(filter: AuditFilter, { limit, cursor }: { limit: number; cursor?: string | undefined }) {
    const after = cursor === undefined ? undefined : positionOf(cursor);
    const { events, hasMore } = await searchAudit(this.db, filter, limit, after);
    const last = events.at(-1);
    return { events, nextCursor: hasMore && last ? cursorOf(last) : null };
  }
}

export function toAuditEvent({ actor, actorName, at, previousHash, hash, ...event }: FoundEvent): AuditEvent {
  const { electionId, seq, grant, action, subject, from, to, reason, requestId, detail } = event;
  return {
    ...{ electionId, seq, grant, action, subject, from, to, reason, requestId, detail },
    at: at.toISOString(),
    actor: { kind: actor.kind, id: actor.kind === 'user' ? actor.id : null, name: actorName },
    previousHash: previousHash.toString('hex'),
    hash: hash.toString('hex'),
  };
}

function toOwnEvent({ at, action, subject, from, to, actor, grant }: FoundEvent, readerId: string): OwnAuditEvent {
  const by = actor.kind === 'user' && actor.id === readerId ? 'you' : (grant?.role ?? actor.kind);
  return { at: at.toISOString(), action, subject, from, to, by };
}

function cursorOf({ at, electionId, seq }: AuditPosition): string {
  return Buffer.from(`${at.getTime()} ${electionId} ${seq}`).toString('base64url');
}

function positionOf(cursor: string): AuditPosition {
  const [, at, electionId, seq] =
    /^(\d{1,15}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (\d{1,15})$/.exec(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    ) ?? [];
  if (at === undefined || electionId === undefined)
    throw new InvalidFields([{ field: 'cursor', rule: 'is a cursor of this list' }]);
  return { at: new Date(Number(at)), electionId, seq: Number(seq) };
}
