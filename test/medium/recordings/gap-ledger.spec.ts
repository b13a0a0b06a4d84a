import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db, NewRow } from '@app/database';
import { Clock } from '@app/platform';
import { fsck, GapLedger, LedgerStore } from '@app/recordings';
import { createTestDatabase } from '@app/testing';
import { newActor, newPlace } from '../incidents/fixtures';

const SIX = Date.parse('2026-10-25T06:00:00.000Z');
const at = (minutes: number): Date => new Date(SIX + minutes * 60_000);

class SetClock extends Clock {
  minutes = 0;
  nowMs(): number {
    return at(this.minutes).getTime();
  }
  monotonicMs(): number {
    return this.nowMs();
  }
}

/** Planned from 6:00 on; minutes count from there. */
describe('the record of gaps', () => {
  let db: Db;
  let stop: () => Promise<void>;
  const clock = new SetClock();
  let ledger: GapLedger;
  let cameraId: string;
  let sequence = 0;

  beforeAll(async () => {
    ({ db, stop } = await createTestDatabase());
  });
  afterAll(() => stop());
  beforeEach(async () => {
    ({ cameraId } = await newPlace(db));
    // As after a restart: nothing is kept but what is in the database.
    ledger = new GapLedger(new LedgerStore(db), clock);
  });

  /** Rows as a packager writes them, two minutes each at most. */
  async function rows(from: number, to: number, cause: NewRow<'segments'>['gap_cause'] = null): Promise<void> {
    for (let start = from; start < to; start += 2) {
      const seconds = (Math.min(start + 2, to) - start) * 60;
      await db
        .insertInto('segments')
        .values({
          camera_id: cameraId,
          media_sequence: (sequence += 1),
          generation: 1,
          kind: cause === null ? 'media' : 'gap',
          discontinuity_sequence: 0,
          starts_at: at(start),
          duration_ticks: seconds * 90_000,
          independent: true,
          gap_cause: cause,
        })
        .execute();
    }
  }
  async function catchUp(minutes: number): Promise<unknown[]> {
    clock.minutes = minutes;
    await ledger.catchUp();
    const gaps = await db.selectFrom('gaps').selectAll().where('camera_id', '=', cameraId).orderBy('from_at').execute();
    const minute = (date: Date | null) => date && (date.getTime() - SIX) / 60_000;
    return gaps.map((gap) => [minute(gap.from_at), minute(gap.to_at), gap.cause, ...(gap.actor_id ? [gap.actor_id] : [])]);
  }

  it('tells a day with a late start, a camera that was away, a recorder that was down for an hour, and an early end', async () => {
    expect(await catchUp(10)).toEqual([[0, null, 'not-started']]);
    await rows(20, 60);
    await rows(60, 70, 'connection-refused');
    expect(await catchUp(70)).toEqual([
      [0, 20, 'not-started'],
      [60, null, 'camera-unreachable'],
    ]);
    await rows(70, 120);
    await catchUp(121);
    expect((await catchUp(150)).at(-1)).toEqual([120, null, 'recorder-restart']);
    await rows(178, 180, 'packager-restarted');
    await rows(180, 240);
    expect((await catchUp(240)).at(-1)).toEqual([120, 180, 'recorder-restart']);
    expect(await catchUp(24 * 60 + 30)).toEqual([
      [0, 20, 'not-started'],
      [60, 70, 'camera-unreachable'],
      [120, 180, 'recorder-restart'],
      [240, 24 * 60, 'recorder-restart'],
    ]);
  });

  it('is what fsck holds the planned day against, with nobody naming the day', async () => {
    const mediaDirectory = await mkdtemp(join(tmpdir(), 'pollglass-gaps-'));
    const check = async () => {
      const options = {
        db,
        mediaDirectory,
        cameraId,
        repairIndex: false,
        nowMs: () => clock.nowMs(),
        onProgress: () => undefined,
      };
      return (await fsck(options)).findings.map(({ kind, from, to }) => ({ kind, from, to }));
    };
    try {
      await rows(20, 60);
      await rows(75, 80);
      await catchUp(24 * 60 + 30);
      // The rows of 60 to 75 that no packager wrote have no numbers either: nothing is missing but time, and that is told.
      expect(await check()).toEqual([]);
      await db.deleteFrom('gaps').where('camera_id', '=', cameraId).where('from_at', '<', at(70)).execute();
      expect(await check()).toEqual([
        { kind: 'hole', from: at(0).toISOString(), to: at(20).toISOString() },
        { kind: 'hole', from: at(60).toISOString(), to: at(75).toISOString() },
      ]);
    } finally {
      await rm(mediaDirectory, { recursive: true, force: true });
    }
  });

  it('says who switched the camera off, and that it stays off', async () => {
    const { user } = await newActor(db, 'operator');
    await rows(-10, 30);
    await db
      .insertInto('camera_switches')
      .values({ camera_id: cameraId, at: at(30), enabled: false, actor_id: user.id })
      .execute();
    expect(await catchUp(40)).toEqual([[30, null, 'operator-disabled', user.id]]);
    await db
      .insertInto('camera_switches')
      .values({ camera_id: cameraId, at: at(50), enabled: true, actor_id: user.id })
      .execute();
    await rows(50, 51, 'packager-lost');
    await rows(51, 60);
    expect(await catchUp(60)).toEqual([[30, 51, 'operator-disabled', user.id]]);
  });

  it('tells the same again when it begins anew, and when rows come late', async () => {
    await rows(0, 20);
    expect(await catchUp(40)).toEqual([[20, null, 'recorder-restart']]);
    await rows(20, 25);
    await rows(30, 40);
    const told = await catchUp(40);
    expect(told).toEqual([[25, 30, expect.any(String)]]);
    await sql`delete from gap_progress where camera_id = ${cameraId}`.execute(db);
    await sql`delete from gaps where camera_id = ${cameraId}`.execute(db);
    expect((await catchUp(40)).map((gap) => (gap as unknown[]).slice(0, 2))).toEqual([[25, 30]]);
  });

  it('keeps the id of a gap that grows', async () => {
    await catchUp(10);
    const id = async () => (await db.selectFrom('gaps').select('id').where('camera_id', '=', cameraId).executeTakeFirst())?.id;
    const first = await id();
    await catchUp(15);
    await rows(20, 22);
    await catchUp(22);
    expect(await id()).toBe(first);
  });

  it('is told by several processes at once as by one', async () => {
    await rows(10, 30);
    clock.minutes = 45;
    await Promise.all([1, 2, 3].map(() => new GapLedger(new LedgerStore(db), clock).catchUp()));
    expect(await catchUp(45)).toEqual([
      [0, 10, 'not-started'],
      [30, null, 'recorder-restart'],
    ]);
  });

  it('follows the calendar when it is changed', async () => {
    await rows(30, 60);
    expect((await catchUp(60))[0]).toEqual([0, 30, 'not-started']);
    await sql`update stations set opens_at = ${at(20)} where id = (select station_id from cameras where id = ${cameraId})`.execute(
      db,
    );
    expect(await catchUp(60)).toEqual([[20, 30, 'not-started']]);
  });

  it('goes with its camera', async () => {
    const strangers = randomUUID();
    await catchUp(10);
    await db.deleteFrom('cameras').where('id', '=', cameraId).execute();
    expect(await db.selectFrom('gaps').selectAll().where('camera_id', 'in', [cameraId, strangers]).execute()).toEqual([]);
  });
});
