import { Inject, Injectable } from '@nestjs/common';
import { EVERYWHERE, hasAccess, type Place, requireAccess } from '@app/access';
import { type ChainHead, NO_ELECTION, START, verifyStretch } from '@app/audit';
import type { AuditChain, AuditVerdict } from '@app/contracts';
import { DB, type Db } from '@app/database';
import type { Actor } from '../cases/case-access';

/** Events that one call computes again: some tens of milliseconds of a core. */
export const VERIFIED_AT_ONCE = 5_000;

/** Whether the audit log is whole, for those who read it. */
@Injectable()
export class AuditChains {
  constructor(@Inject(DB) private readonly db: Db) {}

  /** Chains that lie whole in the reach of the reader. @throws DomainError `access.denied` */
  async list(actor: Actor): Promise<AuditChain[]> {
    requireAccess(actor, 'audit.read');
    const rows = await this.db
      .selectFrom('audit_heads')
      .leftJoin('elections', 'elections.id', 'audit_heads.election_id')
      .select(['audit_heads.election_id', 'elections.name', 'elections.opens_at', 'seq', 'hash'])
      .orderBy('elections.opens_at', (by) => by.desc().nullsLast())
      .orderBy('audit_heads.election_id')
      .execute();
    return rows
      .filter((row) => hasAccess(actor, 'audit.read', placeOfChain(row.election_id)))
      .map((row) => ({ electionId: row.election_id, election: row.name, head: toEnd(row) }));
  }

  /** @param after `<seq>:<hash>` @throws DomainError `access.denied` */
  async verify(actor: Actor, electionId: string, after: string | undefined): Promise<AuditVerdict> {
    requireAccess(actor, 'audit.read', placeOfChain(electionId));
    const from = after === undefined ? START : endOf(after);
    const { head, verified, broken } = await verifyStretch(this.db, electionId, from, VERIFIED_AT_ONCE);
    const next = broken || verified.seq >= head.seq ? null : `${verified.seq}:${verified.hash.toString('hex')}`;
    return { electionId, head: toEnd(head), verified: toEnd(verified), broken, next };
  }
}

function placeOfChain(electionId: string): Place {
  return electionId === NO_ELECTION ? EVERYWHERE : { electionId };
}

function toEnd({ seq, hash }: ChainHead): AuditVerdict['head'] {
  return { seq, hash: hash.toString('hex') };
}

function endOf(text: string): ChainHead {
  const [seq = '0', hash = ''] = text.split(':');
  return { seq: Number(seq), hash: Buffer.from(hash, 'hex') };
}
