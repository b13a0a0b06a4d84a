import { randomUUID } from 'node:crypto';
import { createAccount, hashOf, newSessionToken, newTotpSecret, setSecondFactor } from '@app/access';
import { loadConfig } from '@app/config';
import { needsSecondFactor, type Role } from '@app/contracts';
import { createDatabase, type Db } from '@app/database';
import { loadSecretKey, SecretBox } from '@app/platform';
import type { Credentials } from './api-client';
import type { System } from './system';

const HOUR_MS = 3_600_000;
const PASSWORD = 'a password of their own';

/** One more account of a running system: the demo has one of each role. */
export async function newColleague(system: System, role: Role, name: string): Promise<Credentials> {
  return withDatabase(system, async (db, box) => {
    const account = { email: `${role}-${name}@demo.example`.toLowerCase(), password: PASSWORD, totpSecret: newTotpSecret() };
    const id = await createAccount(db, { ...account, name: `${role} ${name}`, role });
    if (id === undefined) throw new Error(`${account.email} is there already`);
    await setSecondFactor(db, box, id, account.totpSecret);
    return account;
  });
}

/** Many people of a running system who are signed in already, without a password, whose hashing takes its time. @returns their cookies */
export async function signedInPeople(system: System, role: Role, count: number): Promise<string[]> {
  return withDatabase(system, (db, box) => Promise.all(Array.from({ length: count }, () => signedIn(db, box, role))));
}

async function signedIn(db: Db, box: SecretBox, role: Role): Promise<string> {
  const [id, token, now] = [randomUUID(), newSessionToken(), new Date()];
  await db
    .insertInto('users')
    .values({ id, email: `${id}@example.org`, name: role, password_hash: 'none' })
    .execute();
  // They may flag what was on the screen before they were made.
  const valid_from = new Date(now.getTime() - HOUR_MS);
  await db.insertInto('grants').values({ user_id: id, role, scope_kind: 'all', scope_id: null, valid_from }).execute();
  if (needsSecondFactor(role)) await setSecondFactor(db, box, id, newTotpSecret());
  const opened = { created_at: now, last_seen_at: now, factor_shown_at: now, expires_at: new Date(now.getTime() + HOUR_MS) };
  await db
    .insertInto('sessions')
    .values({ token_hash: hashOf(token), user_id: id, address: '127.0.0.1', user_agent: 'test', ...opened })
    .execute();
  return `session=${token}`;
}

async function withDatabase<T>(system: System, work: (db: Db, box: SecretBox) => Promise<T>): Promise<T> {
  const db = createDatabase(await system.databaseUrl(), { maxConnections: 2, onIdleError: () => undefined });
  try {
    return await work(db, new SecretBox(await loadSecretKey(loadConfig({ POLLGLASS_DATA: system.dataDirectory }))));
  } finally {
    await db.destroy();
  }
}
