import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { needsSecondFactor, Role, ROLES } from '@app/contracts';
import type { Db } from '@app/database';
import { type SecretBox, writeSecretFile } from '@app/platform';
import { createAccount } from './accounts';
import { hashPassword, newPassword } from './password';
import { setSecondFactor } from './second-factor-setups.service';
import { newTotpSecret } from './totp';

const DemoAccount = z.strictObject({ role: Role, email: z.string(), password: z.string(), totpSecret: z.string().optional() });
export type DemoAccount = z.infer<typeof DemoAccount>;

/**
 * One account per role for the demo election, with a second factor where the role asks for one. Passwords and secrets
 * are made once per data folder and kept there in `demo-accounts.json`, readable by its owner only; a restart finds the
 * same ones.
 */
export async function ensureDemoAccounts(db: Db, dataDirectory: string, box: SecretBox): Promise<DemoAccount[]> {
  const path = pathIn(dataDirectory);
  const kept = await readDemoAccounts(dataDirectory);
  const before = kept ?? ROLES.map((role) => ({ role, email: `${role}@demo.example`, password: newPassword() }));
  const accounts = before.map((account: DemoAccount) =>
    needsSecondFactor(account.role) ? { ...account, totpSecret: account.totpSecret ?? newTotpSecret() } : account,
  );
  const isNew = (account: DemoAccount): boolean => !kept?.find(({ role }) => role === account.role)?.totpSecret;
  if (!kept || accounts.some((account) => account.totpSecret !== undefined && isNew(account)))
    await writeSecretFile(path, `${JSON.stringify(accounts, null, 2)}\n`);
  await Promise.all(accounts.map((account) => ensure(db, account, { password: !kept, secret: isNew(account) }, box)));
  return accounts;
}

/** @param isNew what this data folder has just made: an account that is there from another one gets it. */
async function ensure(
  db: Db,
  account: DemoAccount,
  isNew: { password: boolean; secret: boolean },
  box: SecretBox,
): Promise<void> {
  const { email } = account;
  const existing = await db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst();
  const id = existing?.id ?? (await createAccount(db, { ...account, name: `Demo ${account.role}` }));
  if (existing && isNew.password)
    await db
      .updateTable('users')
      .set({ password_hash: await hashPassword(account.password) })
      .where('id', '=', existing.id)
      .execute();
  if (id !== undefined && account.totpSecret !== undefined && (!existing || isNew.secret))
    await setSecondFactor(db, box, id, account.totpSecret);
}

const pathIn = (dataDirectory: string): string => join(dataDirectory, 'demo-accounts.json');

/** @returns undefined when this data folder has none */
export async function readDemoAccounts(dataDirectory: string): Promise<DemoAccount[] | undefined> {
  const path = pathIn(dataDirectory);
  try {
    return z.array(DemoAccount).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${path} cannot be read. Delete it to have new demo passwords made.`, { cause: error });
  }
}
