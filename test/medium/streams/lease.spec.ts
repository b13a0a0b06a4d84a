import { randomUUID } from 'node:crypto';
import { createDatabase, type Db } from '@app/database';
import { LeaseRepository, NO_PICTURE, RecordingRepository, type SegmentRow, StreamStateRepository } from '@app/streams';
import { type Rig, startRig } from './rig';

describe('who owns a camera', () => {
  let rig: Rig;
  let other: Db;
  let leases: LeaseRepository;
  let elsewhere: LeaseRepository;
  const [mine, theirs] = [randomUUID(), randomUUID()];

  beforeAll(async () => {
    rig = await startRig();
    other = createDatabase(rig.url, { maxConnections: 4, onIdleError: () => undefined });
    leases = new LeaseRepository(rig.db);
    elsewhere = new LeaseRepository(other);
  });

  afterAll(async () => {
    await other.destroy();
    await rig.stop();
  });

  const camera = (): Promise<string> => rig.addCamera('push:rtmp');
  const expire = (cameraId: string) =>
    rig.db
      .updateTable('camera_leases')
      .set({ expires_at: new Date(Date.now() - 1_000) })
      .where('camera_id', '=', cameraId)
      .execute();
  const segment = (cameraId: string, generation: number, mediaSequence: number): SegmentRow => ({
    kind: 'segment',
    cameraId,
    generation,
    mediaSequence,
    runId: null,
    discontinuitySequence: 0,
    startsAt: new Date(),
    durationTicks: 180_000,
    independent: false,
    gapCause: 'silent',
    file: null,
    byteOffset: null,
    byteLength: null,
    sha256: null,
    mediaTime: null,
    monotonicMs: null,
    keyFrames: null,
  });

  it('is decided for one of many that race, each time', async () => {
    for (let round = 0; round < 10; round += 1) {
      const cameraId = await camera();
      const taken = await Promise.all(
        Array.from({ length: 8 }, (_, index) => (index % 2 ? leases : elsewhere).acquire(cameraId, randomUUID())),
      );
      expect(taken.filter((generation) => generation !== undefined)).toEqual([1]);
    }
  });

  it('does not change while the lease lasts, and changes at once after a release', async () => {
    const cameraId = await camera();
    expect(await leases.acquire(cameraId, mine)).toBe(1);
    expect(await elsewhere.acquire(cameraId, theirs)).toBeUndefined();
    await leases.release({ cameraId, generation: 1 });
    expect(await elsewhere.acquire(cameraId, theirs)).toBe(2);
  });

  it('passes on when the lease has expired, but not right after the database came up', async () => {
    const cameraId = await camera();
    await leases.acquire(cameraId, mine);
    await expire(cameraId);
    const upFor = async (): Promise<number> => {
      const { rows } = await rig.db.executeQuery<{ seconds: number }>({
        sql: 'select extract(epoch from now() - pg_postmaster_start_time())::float8 as seconds',
        parameters: [],
        query: { kind: 'RawNode' } as never,
        queryId: { queryId: 'up' },
      });
      return rows[0]?.seconds ?? 0;
    };
    const before = await upFor();
    const taken = await elsewhere.acquire(cameraId, theirs);
    if (before < 4.5) expect(taken).toBeUndefined();
    while ((await upFor()) < 5.1) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(taken ?? (await elsewhere.acquire(cameraId, theirs))).toBe(2);
    expect(await leases.renew(mine, [{ cameraId, generation: 1 }])).toEqual([]);
  });

  it('stays with a holder that was late, as long as nobody took the camera', async () => {
    const cameraId = await camera();
    await leases.acquire(cameraId, mine);
    await expire(cameraId);
    const [renewed] = await leases.renew(mine, [{ cameraId, generation: 1 }]);
    expect(renewed).toMatchObject({ cameraId, generation: 1, desired: true, enabled: true, settingsVersion: 1 });
    expect(await elsewhere.acquire(cameraId, theirs)).toBeUndefined();
  });

  it('tells at the renewal that a camera was switched off or changed', async () => {
    const cameraId = await camera();
    await leases.acquire(cameraId, mine);
    await rig.db.updateTable('cameras').set({ enabled: false, settings_version: 7 }).where('id', '=', cameraId).execute();
    const [renewed] = await leases.renew(mine, [{ cameraId, generation: 1 }]);
    expect(renewed).toMatchObject({ desired: false, enabled: false, settingsVersion: 7 });
  });

  it('lets a push take the camera, and says how long the owner before may still write', async () => {
    const cameraId = await camera();
    await leases.acquire(cameraId, mine);
    const taken = await elsewhere.takeOver(cameraId, theirs);
    expect(taken?.generation).toBe(2);
    expect(taken?.waitMs).toBeGreaterThan(3_000);
    expect(taken?.waitMs).toBeLessThanOrEqual(5_000);
  });

  it('keeps rows and states of a stale generation out', async () => {
    const cameraId = await camera();
    const recording = new RecordingRepository(rig.db);
    const states = new StreamStateRepository(rig.db);
    await leases.acquire(cameraId, mine);
    await recording.write([segment(cameraId, 1, 0)]);
    await elsewhere.takeOver(cameraId, theirs);
    await recording.write([segment(cameraId, 1, 1), segment(cameraId, 2, 2)]);
    expect(await rig.mediaSequences(cameraId)).toEqual([0, 2]);
    const status = {
      cameraId,
      state: 'live' as const,
      since: new Date(),
      reason: null,
      lastFrameAt: null,
      ...NO_PICTURE,
    };
    const told = new Set([cameraId]);
    expect(await states.write([{ ...status, generation: 1 }], told)).toEqual([]);
    expect(await states.write([{ ...status, generation: 2 }], told)).toHaveLength(1);
  });

  it('never lets a stale row slip in beside a take-over', async () => {
    const cameraId = await camera();
    const recording = new RecordingRepository(rig.db);
    await leases.acquire(cameraId, mine);
    const writes = Array.from({ length: 20 }, (_, index) => recording.write([segment(cameraId, 1, index)]));
    const taken = elsewhere.takeOver(cameraId, theirs).then(() => rig.mediaSequences(cameraId));
    const seenAtTakeOver = await taken;
    await Promise.all(writes);
    expect(await rig.mediaSequences(cameraId)).toEqual(seenAtTakeOver);
  });
});
