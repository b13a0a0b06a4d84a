import type { Db } from '@app/database';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const AT_MOST = 100;

/** Accounts that a text means: one by its id, or those with it in their name or e-mail address; `%` and `_` mean themselves. */
export async function idsOfPeople(db: Db, text: string): Promise<string[]> {
  if (ID.test(text)) return [text.toLowerCase()];
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const found = await db
    .selectFrom('users')
    .select('id')
    .where((eb) => eb.or([eb('name', 'ilike', pattern), eb('email', 'ilike', pattern)]))
    .orderBy('id')
    .limit(AT_MOST)
    .execute();
  return found.map(({ id }) => id);
}
