import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { DomainError } from '@app/platform';
import type { Db, Tx } from './database';

/** One repeatable request: whose it is, which route, the key its client gave it, and what it asks for. */
export interface RepeatKey {
  userId: string;
  route: string;
  key: string;
  requestHash: Buffer;
}

/** How a result is kept for the second try. A result that holds a secret has to be encrypted here. */
export interface ResultCodec<T> {
  toStored(result: T): unknown;
  fromStored(stored: unknown): T;
}

/** How long a second try waits for the first one to end. */
export const REPEAT_WAIT_MS = 5_000;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Runs `work` in one transaction that also remembers its result under the key, so the two are stored together or
 * not at all. A repetition gets the first result; it runs again only when the first try failed. Of several tries
 * at once the database lets one through and the others wait for it, because they insert the same primary key.
 *
 * `work` uses no connection but the transaction it is given. Without a key it simply runs.
 * @returns `first`: false when the result is that of an earlier try
 * @throws DomainError `idempotency-key.reused`: the key came with another request before;
 * `idempotency-key.in-use`: the first try still runs
 */
export async function runOnce<T>(
  db: Db,
  repeat: RepeatKey | undefined,
  work: (tx: Tx) => Promise<T>,
  codec: ResultCodec<T> = asItIs(),
): Promise<{ result: T; first: boolean }> {
  return db.transaction().execute(async (tx) => {
    if (!repeat) return { result: await work(tx), first: true };
    const earlier = await claim(tx, repeat);
    if (earlier) return { result: codec.fromStored(earlier.result), first: false };
    const result = await work(tx);
    await tx
      .updateTable('idempotency_keys')
      .set({ response_body: JSON.stringify(codec.toStored(result)) })
      .where('user_id', '=', repeat.userId)
      .where('route', '=', repeat.route)
      .where('key', '=', repeat.key)
      .execute();
    return { result, first: true };
  });
}

/** SHA-256 of a request that does not depend on the order of its fields. */
export function requestHash(request: unknown): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(sorted(request)) ?? '')
    .digest();
}

/** @returns undefined when this try is the first, and the key is now ours. */
async function claim(tx: Tx, repeat: RepeatKey): Promise<{ result: unknown } | undefined> {
  await sql`select set_config('lock_timeout', ${`${REPEAT_WAIT_MS}ms`}, true)`.execute(tx);
  const { userId: user_id, route, key, requestHash: request_hash } = repeat;
  const claimed = await tx
    .insertInto('idempotency_keys')
    .values({ user_id, route, key, request_hash, response_body: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst()
    .catch((error: unknown) => {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
      throw new DomainError(
        'idempotency-key.in-use',
        'The first request with this Idempotency-Key is still running.',
        undefined,
        {
          cause: error,
        },
      );
    });
  if (claimed) return undefined;
  const earlier = await tx
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'response_body'])
    .where('user_id', '=', user_id)
    .where('route', '=', route)
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  if (!earlier.request_hash.equals(request_hash))
    throw new DomainError('idempotency-key.reused', 'This Idempotency-Key was used before with another request.');
  return { result: earlier.response_body };
}

function asItIs<T>(): ResultCodec<T> {
  return { toStored: (result) => result, fromStored: (stored) => stored as T };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
