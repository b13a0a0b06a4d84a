import { randomUUID } from 'node:crypto';
import { type Db, requestHash, runOnce } from '@app/database';
import { createTestDatabase } from '@app/testing';
import { newActor } from './fixtures';

describe('a request that may be repeated', () => {
  let db: Db;
  let stop: () => Promise<void>;
  let userId: string;

  beforeAll(async () => {
    ({ db, stop } = await createTestDatabase());
    userId = (await newActor(db, 'observer')).user.id;
  });
  afterAll(() => stop());

  const newKey = () => ({ userId, route: 'POST /things', key: randomUUID(), requestHash: requestHash({ a: 1 }) });
  /** A first try that has begun and ends with `finish`. */
  const runningTry = async () => {
    const key = newKey();
    let finish!: () => void;
    let begun!: () => void;
    const running = new Promise<void>((resolve) => (begun = resolve));
    const first = runOnce(db, key, () => (begun(), new Promise((resolve) => (finish = () => resolve({ n: 1 })))));
    await running;
    return { key, first, finish };
  };

  it('gets the first result again, and says that it is not the first', async () => {
    const key = newKey();
    expect(await runOnce(db, key, () => Promise.resolve({ n: 1 }))).toEqual({ result: { n: 1 }, first: true });
    expect(await runOnce(db, key, () => Promise.reject(new Error('again')))).toEqual({ result: { n: 1 }, first: false });
  });

  it('waits for a first try that is still running', async () => {
    const { key, first, finish } = await runningTry();
    const second = runOnce(db, key, () => Promise.resolve({ n: 2 }));
    setTimeout(finish, 100);
    expect((await second).result).toEqual({ n: 1 });
    await first;
  });

  it('is told so when the first try takes too long', async () => {
    const { key, first, finish } = await runningTry();
    await expect(runOnce(db, key, () => Promise.resolve({ n: 2 }))).rejects.toMatchObject({ code: 'idempotency-key.in-use' });
    finish();
    expect((await first).first).toBe(true);
  });

  it('runs when the first try failed: its key went with it', async () => {
    const key = newKey();
    await expect(runOnce(db, key, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await runOnce(db, key, () => Promise.resolve({ n: 2 }))).toEqual({ result: { n: 2 }, first: true });
  });

  it('keeps a result as its codec writes it', async () => {
    const key = newKey();
    const codec = {
      toStored: ({ secret }: { secret: string }) => ({ sealed: Buffer.from(secret).toString('hex') }),
      fromStored: (stored: unknown) => ({ secret: Buffer.from((stored as { sealed: string }).sealed, 'hex').toString() }),
    };
    await runOnce(db, key, () => Promise.resolve({ secret: 'open sesame' }), codec);
    const { response_body } = await db
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('key', '=', key.key)
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(response_body)).not.toContain('sesame');
    expect((await runOnce(db, key, () => Promise.resolve({ secret: '' }), codec)).result).toEqual({ secret: 'open sesame' });
  });
});
