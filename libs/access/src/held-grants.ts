import { sql } from 'kysely';
import type { Db, Row, Tx } from '@app/database';
import type { HeldGrant } from './require-access';
import type { Scope } from './scope';

type GrantRow = Pick<Row<'grants'>, 'id' | 'role' | 'scope_kind' | 'scope_id' | 'valid_from' | 'valid_to'>;
type ScopeColumns = Pick<GrantRow, 'scope_kind' | 'scope_id'>;

/** What an account may do at `at`, oldest first. A grant whose place is gone reaches nothing and is left out. */
export async function heldGrants(db: Db | Tx, userId: string, at: Date): Promise<HeldGrant[]> {
  const rows = await db
    .selectFrom('grants')
    .select(['id', 'role', 'scope_kind', 'scope_id', 'valid_from', 'valid_to'])
    .where('user_id', '=', userId)
    .where('valid_from', '<=', at)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', at)]))
    .orderBy('valid_from')
    .orderBy('id')
    .execute();
  const grants = await Promise.all(rows.map(async (row) => ({ row, scope: await scopeOf(db, row) })));
  return grants.flatMap(({ row, scope }) =>
    scope ? [{ id: row.id, role: row.role, scope, validFrom: row.valid_from, validTo: row.valid_to }] : [],
  );
}

/** @returns undefined when there is no such place */
export async function scopeOf(db: Db | Tx, { scope_kind, scope_id }: ScopeColumns): Promise<Scope | undefined> {
  if (scope_kind === 'all') return { kind: 'all' };
  if (scope_id === null) return undefined;
  switch (scope_kind) {
    case 'election': {
      const election = await db.selectFrom('elections').select('id').where('id', '=', scope_id).executeTakeFirst();
      return election && { kind: 'election', electionId: election.id };
    }
    case 'region':
      return regionScope(db, scope_id);
    case 'station': {
      const station = await db
        .selectFrom('stations')
        .select(['id', 'election_id', 'region_id'])
        .where('id', '=', scope_id)
        .executeTakeFirst();
      return station && { kind: 'station', electionId: station.election_id, regionId: station.region_id, stationId: station.id };
    }
  }
}

async function regionScope(db: Db | Tx, regionId: string): Promise<Scope | undefined> {
  const { rows } = await sql<{ id: string; election_id: string }>`
    with recursive below as (
      select id, election_id from regions where id = ${regionId}
      union all select regions.id, regions.election_id from regions join below on regions.parent_id = below.id)
    select id, election_id from below`.execute(db);
  const [first] = rows;
  return first && { kind: 'region', electionId: first.election_id, regionId, regionIds: rows.map(({ id }) => id) };
}
