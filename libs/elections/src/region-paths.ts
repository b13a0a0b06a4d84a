import { sql } from 'kysely';
import type { Db, Tx } from '@app/database';

/** Names of the regions from the outermost one down to each of `ids`. */
export async function regionPaths(db: Db | Tx, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; path: string[] }>`
    with recursive up as (
      select id, parent_id, array[name] as path from regions where id = any(${[...new Set(ids)]}::uuid[])
      union all
      select up.id, regions.parent_id, regions.name || up.path from up join regions on regions.id = up.parent_id)
    select id, path from up where parent_id is null`.execute(db);
  return new Map(rows.map((row) => [row.id, row.path]));
}

/** A region and everything below it. Empty when there is no such region in this election. */
export async function regionAndBelow(db: Db, electionId: string, id: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive down as (
      select id from regions where id = ${id} and election_id = ${electionId}
      union all
      select regions.id from down join regions on regions.parent_id = down.id)
    select id from down`.execute(db);
  return rows.map((row) => row.id);
}
