import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { sql } from 'kysely';
import type { Db, Row } from '@app/database';
import { createLogger } from '@app/platform';
import { HoldUsage } from '@app/recordings';
import { createTestDatabase, forgetHolds } from '@app/testing';
import { MovableClock, newPlace, type Place } from '../incidents/fixtures';
import { LocalFanout } from '../streams/rig';
import { SEGMENT_BYTES, storeRows } from './stored-rows';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('what holds keep', () => {
  let db: Db;
  let stop: () => Promise<void>;
  let place: Place;
  let clock: MovableClock;
  let lines: string[];
  let announced: unknown[];
  const fromMs = Math.floor(Date.now() / HOUR) * HOUR - 5 * HOUR + 10 * MINUTE;

  beforeAll(async () => {
    ({ db, stop } = await createTestDatabase());
  });
  afterAll(() => stop());
  beforeEach(async () => {
    await forgetHolds(db);
    place = await newPlace(db);
    [clock, lines, announced] = [new MovableClock(), [], []];
  });

  const hold = (fromMinute: number, toMinute: number, other: Partial<Row<'holds'>> = {}) =>
    db
      .insertInto('holds')
      .values({
        id: randomUUID(),
        camera_id: place.cameraId,
        from_at: new Date(fromMs + fromMinute * MINUTE),
        to_at: new Date(fromMs + toMinute * MINUTE),
        reason: 'test',
        incident_id: null,
        ...other,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
  function usage(limitBytes: number): HoldUsage {
    const fanout = new LocalFanout();
    fanout.on('HoldBudgetChanged', (payload) => void announced.push(payload));
    const sink = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()) });
    const config = { holdBudget: { kind: 'bytes' as const, bytes: limitBytes }, remote: undefined };
    return new HoldUsage(db, clock, fanout, config, createLogger('test', 'info', sink));
  }
  const used = () => db.selectFrom('hold_usage').selectAll().executeTakeFirstOrThrow();
  const sizes = async () =>
    (await db.selectFrom('holds').select('bytes').orderBy('from_at').orderBy('to_at').execute()).map(({ bytes }) => bytes);

  it('is counted once where holds overlap, over the hours, and each hold for itself', async () => {
    await storeRows(db, place.cameraId, fromMs, 200);
    await hold(0, 100);
    await hold(30, 101);
    await hold(150, 160);
    await usage(1e9).count();
    expect((await used()).used_bytes).toBe((101 + 10) * 3 * SEGMENT_BYTES);
    expect(await sizes()).toEqual([300 * SEGMENT_BYTES, 213 * SEGMENT_BYTES, 30 * SEGMENT_BYTES]);
  });

  it('counts a segment that a hold covers in part, and once at a whole hour', async () => {
    await storeRows(db, place.cameraId, fromMs, 100);
    await hold(49.5, 50.5);
    await usage(1e9).count();
    // 20 seconds each: those from 49:20 to 50:40.
    expect((await used()).used_bytes).toBe(4 * SEGMENT_BYTES);
    expect(await sizes()).toEqual([4 * SEGMENT_BYTES]);
  });

  it('is of all cameras of a held station, and of none whose hold is over', async () => {
    const second = await newPlace(db);
    const moved = { station_id: place.stationId, position: 2, name: 'Counting table' };
    await db.updateTable('cameras').set(moved).where('id', '=', second.cameraId).execute();
    const other = await newPlace(db);
    for (const { cameraId } of [place, second, other]) await storeRows(db, cameraId, fromMs, 10);
    await hold(0, 5, { camera_id: null, station_id: place.stationId });
    await hold(0, 10, { camera_id: other.cameraId, expires_at: new Date(clock.nowMs() + HOUR) });
    const counter = usage(1e9);
    await counter.count();
    expect((await used()).used_bytes).toBe((2 * 15 + 30) * SEGMENT_BYTES);
    clock.advance(HOUR);
    await counter.count();
    expect((await used()).used_bytes).toBe(2 * 15 * SEGMENT_BYTES);
  });

  it('grows with footage that comes later, and is not read again when it is over', async () => {
    const counter = usage(1e9);
    await storeRows(db, place.cameraId, fromMs, 30);
    await hold(0, 60);
    await counter.count();
    expect((await used()).used_bytes).toBe(90 * SEGMENT_BYTES);
    await storeRows(db, place.cameraId, fromMs + 30 * MINUTE, 30);
    await counter.count();
    expect((await used()).used_bytes).toBe(90 * SEGMENT_BYTES);
    clock.advance(26 * HOUR);
    await counter.count();
    expect([(await used()).used_bytes, await sizes()]).toEqual([180 * SEGMENT_BYTES, [180 * SEGMENT_BYTES]]);
    clock.advance(26 * HOUR);
    await counter.count();
    clock.advance(100 * 24 * HOUR);
    expect(await segmentsRead(() => counter.count())).toBe(0);
    expect((await used()).used_bytes).toBe(180 * SEGMENT_BYTES);
  });

  /** Rows of `segments` that the server looked at meanwhile, over all connections. */
  async function segmentsRead(work: () => Promise<unknown>): Promise<number> {
    const read = async (): Promise<number> => {
      await sql`select pg_stat_force_next_flush()`.execute(db);
      const { rows } = await sql<{ n: number }>`select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as n
        from pg_stat_user_tables where relname = 'segments'`.execute(db);
      return Number(rows[0]?.n ?? 0);
    };
    await db.connection().execute(async (one) => sql`select pg_stat_force_next_flush()`.execute(one));
    const before = await read();
    await work();
    return (await read()) - before;
  }

  it('is told early, late and when it is over the budget, once each, and when there is room again', async () => {
    await storeRows(db, place.cameraId, fromMs, 30);
    const { id } = await hold(0, 10);
    const level = async (limitBytes: number): Promise<string> => {
      await usage(limitBytes).count();
      return (await used()).level;
    };
    expect(await level(30 * SEGMENT_BYTES * 10)).toBe('enough');
    expect([lines, announced]).toEqual([[], []]);
    expect([await level(4_200), await level(4_200)]).toEqual(['early', 'early']);
    expect([lines.length, lines[0]]).toEqual([1, expect.stringContaining('holds come near to their budget')]);
    const { level_since: since } = await used();
    await level(4_100);
    expect((await used()).level_since).toEqual(since);
    expect([await level(3_300), await level(3_000), await level(2_000)]).toEqual(['late', 'over', 'over']);
    await db
      .updateTable('holds')
      .set({ expires_at: new Date(0) })
      .where('id', '=', id)
      .execute();
    expect(await level(3_000)).toBe('enough');
    expect(announced).toEqual([
      { level: 'early', usedBytes: 3_000, limitBytes: 4_200 },
      { level: 'late', usedBytes: 3_000, limitBytes: 3_300 },
      { level: 'over', usedBytes: 3_000, limitBytes: 3_000 },
      { level: 'enough', usedBytes: 0, limitBytes: 3_000 },
    ]);
    expect(lines).toHaveLength(4);
  });

  it('has a share of the disks that are recorded to as its budget, told by living packagers and kept when none lives', async () => {
    const shares = new HoldUsage(
      db,
      clock,
      new LocalFanout(),
      { holdBudget: { kind: 'share', share: 0.5 }, remote: undefined },
      createLogger('test', 'silent'),
    );
    await shares.count();
    expect((await used()).limit_bytes).toBeNull();
    const disk = { volume: 'here:/media', usedBytes: 600, freeBytes: 400, level: 'enough', since: new Date().toISOString() };
    await db
      .insertInto('packagers')
      .values({
        id: randomUUID(),
        origin_url: 'http://127.0.0.1:1',
        capacity: 1,
        heartbeat_at: new Date(),
        started_at: new Date(),
        storage_fault: null,
        disk: JSON.stringify(disk),
      })
      .execute();
    await shares.count();
    expect((await used()).limit_bytes).toBe(500);
    await db.deleteFrom('packagers').execute();
    await shares.count();
    expect((await used()).limit_bytes).toBe(500);
  });
});
