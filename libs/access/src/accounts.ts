import { randomUUID } from 'node:crypto';
import type { Role } from '@app/contracts';
import type { Db } from '@app/database';
import { hashPassword } from './password';

export interface NewAccount {
  email: string;
  name: string;
  password: string;
  role: Role;
}

/**
 * Makes an account with one role that is valid from now on, everywhere.
 * @returns its id, or undefined when the e-mail address is taken: that account is left as it is
 */
export async function createAccount(db: Db, account: NewAccount): Promise<string | undefined> {
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
    const grant = { user_id: id, role: account.role, scope_kind: 'all', scope_id: null, valid_from: new Date() } as const;
    await tx.insertInto('grants').values(grant).execute();
    return id;
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
