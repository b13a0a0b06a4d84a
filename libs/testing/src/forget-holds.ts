import { sql } from 'kysely';
import type { Db } from '@app/database';

/** Deletes what the database lets nobody delete, so that tests of one database do not see each other's holds. */
export async function forgetHolds(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const table of ['hold_events', 'holds', 'held_pieces', 'hold_usage'])
      await sql`delete from ${sql.table(table)}`.execute(tx);
  });
}
