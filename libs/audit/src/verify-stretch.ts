import type { Db, Tx } from '@app/database';
import { CHAIN_START, type ChainHead, type ChainVerdict, verifyChain } from './chain';
import { toChainedEvent } from './chained-events';

/** How far a chain was looked at. */
export interface StretchVerdict {
  head: ChainHead;
  /** The last event that was found whole. */
  verified: ChainHead;
  broken: { seq: number; why: Extract<ChainVerdict, { whole: false }>['why'] } | null;
}

export const START: ChainHead = { seq: 0, hash: CHAIN_START };

/**
 * Verifies a stretch of a chain, and its head when the stretch reaches it. A chain that nobody wrote to is whole.
 * @param after where the caller's knowledge ends: it need not be ours, the next event has to follow it
 */
export async function verifyStretch(db: Db | Tx, electionId: string, after: ChainHead, limit: number): Promise<StretchVerdict> {
  const kept = await db
    .selectFrom('audit_heads')
    .select(['seq', 'hash'])
    .where('election_id', '=', electionId)
    .executeTakeFirst();
  const head = kept ?? START;
  const broken = (verified: ChainHead, seq: number, why: 'missing' | 'reordered' | 'changed'): StretchVerdict => ({
    head,
    verified,
    broken: { seq, why },
  });
  if (after.seq > head.seq) return broken(head, head.seq + 1, 'missing');
  const rows = await db
    .selectFrom('audit_events')
    .selectAll()
    .where('election_id', '=', electionId)
    .where('seq', '>', after.seq)
    .where('seq', '<=', head.seq)
    .orderBy('seq')
    .limit(limit)
    .execute();
  if (rows.length === 0 && after.seq < head.seq) return broken(after, after.seq + 1, 'missing');
  const events = rows.map(toChainedEvent);
  const verdict = verifyChain(events, after);
  if (!verdict.whole) {
    const before = events.find((event) => event.seq === verdict.seq - 1);
    return broken(before ?? after, verdict.seq, verdict.why);
  }
  const reachesHead = verdict.head.seq === head.seq;
  if (reachesHead && !verdict.head.hash.equals(head.hash)) return broken(after, head.seq, 'changed');
  // The last rows of a chain may be gone while its head still speaks of them.
  if (!reachesHead && rows.length < limit) return broken(verdict.head, verdict.head.seq + 1, 'missing');
  return { head, verified: verdict.head, broken: null };
}
