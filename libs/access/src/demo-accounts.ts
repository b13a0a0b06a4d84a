import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Role, ROLES } from '@app/contracts';
import type { Db } from '@app/database';
import { writeSecretFile } from '@app/platform';
import { createAccount } from './accounts';
import { hashPassword, newPassword } from './password';

const DemoAccount = z.strictObject({ role: Role, email: z.string(), password: z.string() });
export type DemoAccount = z.infer<typeof DemoAccount>;

/**
 * One account per role for the demo election. The passwords are made once per data folder and kept there in
 * `demo-accounts.json`, readable by its owner only; a restart finds the same ones.
 */
export async function ensureDemoAccounts(db: Db, dataDirectory: string): Promise<DemoAccount[]> {
  const path = join(dataDirectory, 'demo-accounts.json');
  const kept = await read(path);
  const accounts = kept ?? ROLES.map((role) => ({ role, email: `${role}@demo.example`, password: newPassword() }));
  if (!kept) await writeSecretFile(path, `${JSON.stringify(accounts, null, 2)}\n`);
  await Promise.all(accounts.map((account) => ensure(db, account, !kept)));
  return accounts;
}

/** @param isNewPassword the account may be there from another data folder: then it gets this folder's password. */
async function ensure(db: Db, account: DemoAccount, isNewPassword: boolean): Promise<void> {
  const { email } = account;
  const existing = await db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst();
  if (!existing) await createAccount(db, { ...account, name: `Demo ${account.role}` });
  else if (isNewPassword)
    await db
      .updateTable('users')
      .set({ password_hash: await hashPassword(account.password) })
      .where('id', '=', existing.id)
      .execute();
}

async function read(path: string): Promise<DemoAccount[] | undefined> {
  try {
    return z.array(DemoAccount).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${path} cannot be read. Delete it to have new demo passwords made.`, { cause: error });
  }
}
