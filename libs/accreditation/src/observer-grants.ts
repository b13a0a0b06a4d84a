import type { Tx } from '@app/database';
import type { ApprovedRow } from './accreditation-rows';

interface Giving {
  userId: string;
  /** From when on the account may act. */
  from: Date;
  givenBy: string | null;
  reason: string;
}

/** Gives the account the rights of an accreditation, one for each of its places, until its end. */
export async function giveRights(tx: Tx, row: ApprovedRow, { userId, from, givenBy, reason }: Giving): Promise<void> {
  const place = { election: 'election', regions: 'region', stations: 'station' } as const;
  const ids = row.scope_kind === 'election' ? [row.election_id] : row.scope_ids;
  const given = await tx
    .insertInto('grants')
    .values(
      ids.map((scope_id) => ({
        user_id: userId,
        role: 'observer' as const,
        scope_kind: place[row.scope_kind],
        scope_id,
        valid_from: from,
        valid_to: row.valid_to,
        given_by: givenBy,
        reason,
      })),
    )
    .returning('id')
    .execute();
  await tx
    .insertInto('accreditation_grants')
    .values(given.map(({ id }) => ({ grant_id: id, accreditation_id: row.id })))
    .execute();
}

/** Signs the account out everywhere: rights that were taken back are not waited for. */
export async function endSessions(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('sessions').where('user_id', '=', userId).execute();
}

/** Ends the rights that run under an accreditation. What was flagged before stays as it is. @returns how many there were */
export async function endRights(
  tx: Tx,
  accreditationId: string,
  ending: { at: Date; by: string; reason: string },
): Promise<number> {
  const ended = await tx
    .updateTable('grants')
    .set((eb) => ({
      // One that was to begin later never began.
      valid_to: eb.fn<Date>('greatest', ['valid_from', eb.val(ending.at)]),
      ended_by: ending.by,
      end_reason: ending.reason,
    }))
    .where('id', 'in', tx.selectFrom('accreditation_grants').select('grant_id').where('accreditation_id', '=', accreditationId))
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', ending.at)]))
    .returning('id')
    .execute();
  return ended.length;
}
