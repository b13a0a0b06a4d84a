import type { Db, Tx } from '@app/database';

/** Within how many days applications of an election are to be decided. */
export async function decisionDays(db: Db | Tx, electionId: string): Promise<number> {
  const row = await db
    .selectFrom('elections')
    .select('accreditation_days')
    .where('id', '=', electionId)
    .executeTakeFirstOrThrow();
  return row.accreditation_days;
}
