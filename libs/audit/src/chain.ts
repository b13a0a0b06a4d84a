import { createHash } from 'node:crypto';
import type { AuditFacts, ChainedEvent } from './audit-event';
import { canonicalJson } from './canonical-json';

/** What the first event of a chain follows. */
export const CHAIN_START = Buffer.alloc(32);

/** The text of an event that is hashed. */
export function bodyOf(facts: AuditFacts): string {
  const { electionId, at, actor, grant, action, subject, regionId, stationId, from, to, reason, requestId, detail } = facts;
  return canonicalJson({
    electionId,
    at,
    actor,
    grant,
    action,
    subject,
    regionId,
    stationId,
    from,
    to,
    reason,
    requestId,
    detail,
  });
}

/** SHA-256 of the hash before, then the text of the event. */
export function nextHash(previousHash: Buffer, body: string): Buffer {
  return createHash('sha256').update(previousHash).update(body, 'utf8').digest();
}

/** The end of what is known of a chain. */
export interface ChainHead {
  seq: number;
  hash: Buffer;
}

export type ChainVerdict =
  { whole: true; head: ChainHead } | { whole: false; seq: number; why: 'missing' | 'reordered' | 'changed' };

/**
 * Whether events follow each other and a head without a change, a hole or another order.
 * @param events of one chain, in their order
 * @param after where they begin; absent: at the start of the chain
 */
export function verifyChain(events: Iterable<ChainedEvent>, after: ChainHead = { seq: 0, hash: CHAIN_START }): ChainVerdict {
  let head = after;
  for (const event of events) {
    const seq = head.seq + 1;
    if (event.seq !== seq) return { whole: false, seq, why: event.seq > seq ? 'missing' : 'reordered' };
    if (!event.previousHash.equals(head.hash) || !nextHash(head.hash, bodyOf(event)).equals(event.hash))
      return { whole: false, seq, why: 'changed' };
    head = { seq, hash: event.hash };
  }
  return { whole: true, head };
}
