import { sql } from 'kysely';
import type { Db } from '@app/database';

/** Lets a test do to rows of the recording, in its own database, what the database refuses everybody: delete them, or change them too. */
export async function allowTampering(db: Db, what: 'deleting' | 'anything' = 'anything'): Promise<void> {
  await sql`alter table segments disable trigger segments_stay`.execute(db);
  if (what === 'anything') await sql`alter table segments disable trigger segments_only_end`.execute(db);
}
