import type { Db, Row, Tx } from '@app/database';
import type { AuditActor, ChainedEvent } from './audit-event';
import { type ChainHead, CHAIN_START, type ChainVerdict, verifyChain } from './chain';

const AT_ONCE = 2_000;

/** Reads a whole chain and holds it against its head. A chain that nobody wrote to is whole. */
export async function verifyElection(db: Db | Tx, electionId: string): Promise<ChainVerdict> {
  const kept = await db
    .selectFrom('audit_heads')
    .select(['seq', 'hash'])
    .where('election_id', '=', electionId)
    .executeTakeFirst();
  let head: ChainHead = { seq: 0, hash: CHAIN_START };
  while (kept && head.seq < kept.seq) {
    const rows = await db
      .selectFrom('audit_events')
      .selectAll()
      .where('election_id', '=', electionId)
      .where('seq', '>', head.seq)
      .orderBy('seq')
      .limit(AT_ONCE)
      .execute();
    if (rows.length === 0) return { whole: false, seq: head.seq + 1, why: 'missing' };
    const verdict = verifyChain(rows.filter((row) => row.seq <= kept.seq).map(toChainedEvent), head);
    if (!verdict.whole) return verdict;
    head = verdict.head;
  }
  if (kept && !kept.hash.equals(head.hash)) return { whole: false, seq: head.seq, why: 'changed' };
  return { whole: true, head };
}

export function toChainedEvent(row: Row<'audit_events'>): ChainedEvent {
  return {
    electionId: row.election_id,
    seq: row.seq,
    at: row.at,
    actor: toActor(row),
    grant: row.grant_role === null ? null : { role: row.grant_role, scope: row.grant_scope ?? '' },
    action: row.action,
    subject: { kind: row.subject_kind, id: row.subject_id },
    regionId: row.region_id,
    stationId: row.station_id,
    from: row.from_value,
    to: row.to_value,
    reason: row.reason,
    requestId: row.request_id,
    detail: row.detail,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

function toActor({ actor_kind: kind, actor_id: id }: Row<'audit_events'>): AuditActor {
  if (kind !== 'user') return { kind };
  if (id === null) throw new Error('An audit event of a user names none');
  return { kind, id };
}
