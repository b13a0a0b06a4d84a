import { randomUUID } from 'node:crypto';
import type { ObserverKind } from '@app/contracts';
import type { Tx } from '@app/database';

/** Two ways to write a name that differ in this only are the same organisation. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLocaleLowerCase('und');
}

/** The organisation of this name, made when there is none yet: its kind stays that of the first who was accredited for it. */
export async function organisationNamed(tx: Tx, name: string, kind: ObserverKind): Promise<string> {
  const name_key = nameKey(name);
  const made = await tx
    .insertInto('organisations')
    .values({ id: randomUUID(), name: name.trim(), name_key, kind })
    .onConflict((conflict) => conflict.column('name_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made) return made.id;
  const known = await tx.selectFrom('organisations').select('id').where('name_key', '=', name_key).executeTakeFirstOrThrow();
  return known.id;
}

export async function organisationName(tx: Tx, id: string): Promise<string> {
  const row = await tx.selectFrom('organisations').select('name').where('id', '=', id).executeTakeFirstOrThrow();
  return row.name;
}
