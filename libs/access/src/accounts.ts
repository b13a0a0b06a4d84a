import { randomUUID } from 'node:crypto';
import type { Role, ScopeRef } from '@app/contracts';
import type { Db, Tx } from '@app/database';
import { hashPassword } from './password';
import { scopeColumns } from './scope-columns';

export interface NewAccount {
  email: string;
  name: string;
  password: string;
}

/**
 * Makes an account, and in the same transaction what belongs to it.
 * @returns its id, or undefined when the e-mail address is taken: that account is left as it is
 */
export async function createAccountIn(
  db: Db,
  account: NewAccount,
  complete: (tx: Tx, id: string) => Promise<void>,
): Promise<string | undefined> {
  const password_hash = await hashPassword(account.password);
  return db.transaction().execute(async (tx) => {
    const id = randomUUID();
    const made = await tx
      .insertInto('users')
      .values({ id, email: account.email, name: account.name, password_hash })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!made) return undefined;
    await complete(tx, id);
    return id;
  });
}

/** Makes an account with one role that is valid from now on, by default everywhere. */
export async function createAccount(db: Db, account: NewAccount & { role: Role; scope?: ScopeRef }): Promise<string | undefined> {
  const scope = scopeColumns(account.scope ?? { kind: 'all' });
  return createAccountIn(db, account, async (tx, id) => {
    await tx
      .insertInto('grants')
      .values({ user_id: id, role: account.role, ...scope, valid_from: new Date() })
      .execute();
  });
}

/** The administrator that the configuration names, made once, while there is none. */
export async function ensureFirstAdmin(db: Db, admin: { email: string; password: string } | undefined): Promise<void> {
  if (!admin) return;
  const existing = await db.selectFrom('grants').select('user_id').where('role', '=', 'admin').executeTakeFirst();
  if (existing) return;
  const made = await createAccount(db, { ...admin, name: 'Administrator', role: 'admin' });
  if (!made) throw new Error('POLLGLASS_ADMIN_EMAIL belongs to an account that is not an administrator');
}
