import { sql } from 'kysely';
import type { Account, Grant } from '@app/contracts';
import type { Db, Row, Tx } from '@app/database';
import { scopeRef } from './scope-columns';

type AccountRow = Awaited<ReturnType<ReturnType<typeof selectAccounts>['execute']>>[number];

export function selectAccounts(db: Db | Tx) {
  return db
    .selectFrom('users')
    .leftJoin('second_factors', 'second_factors.user_id', 'users.id')
    .select(['users.id', 'users.email', 'users.name', 'users.created_at', 'users.disabled_at', 'users.disabled_reason'])
    .select('second_factors.confirmed_at');
}

/** Accounts with all their grants, newest first. */
export async function toAccounts(db: Db | Tx, rows: AccountRow[]): Promise<Account[]> {
  if (rows.length === 0) return [];
  const grants = await db
    .selectFrom('grants')
    .selectAll('grants')
    .select(
      sql<string | null>`case scope_kind
        when 'election' then (select name from elections where id = scope_id)
        when 'region' then (select name from regions where id = scope_id)
        when 'station' then (select code || ' ' || name from stations where id = scope_id) end`.as('scope_name'),
    )
    .where(
      'user_id',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('valid_from', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    disabledAt: row.disabled_at?.toISOString() ?? null,
    disabledReason: row.disabled_reason,
    secondFactor: row.confirmed_at !== null,
    grants: grants.filter((grant) => grant.user_id === row.id).map(toGrant),
  }));
}

function toGrant(row: Row<'grants'> & { scope_name: string | null }): Grant {
  return {
    id: row.id,
    role: row.role,
    scope: scopeRef(row),
    scopeName: row.scope_name,
    validFrom: row.valid_from.toISOString(),
    validTo: row.valid_to?.toISOString() ?? null,
    reason: row.reason,
    endReason: row.end_reason,
  };
}
