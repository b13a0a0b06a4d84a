import { SystemClock } from '@app/platform';
import type { JobQueue } from '@app/queue';
import { LeaseRepository, PackagerRegistry, StreamStateRepository, Upkeep, UpkeepRepository } from '@app/streams';
import { randomUUID } from 'node:crypto';
import { type Rig, startRig } from './rig';

describe('keeping desired and real state together', () => {
  let rig: Rig;
  let upkeep: Upkeep;
  let asked: { name: string; cameraId: string; id: string | undefined }[];

  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.stop());

  beforeEach(() => {
    asked = [];
    const queue: Pick<JobQueue, 'enqueue'> = {
      enqueue: async (name, payload, options) => {
        asked.push({ name, cameraId: (payload as { cameraId: string }).cameraId, id: options?.deduplicationId });
      },
    };
    const repository = new UpkeepRepository(rig.db, new StreamStateRepository(rig.db));
    upkeep = new Upkeep(repository, new PackagerRegistry(rig.db), queue as JobQueue, rig.fanout, new SystemClock());
  });

  const age = (cameraId: string, seconds: number) =>
    rig.db
      .updateTable('camera_states')
      .set({ since: new Date(Date.now() - seconds * 1_000) })
      .where('camera_id', '=', cameraId)
      .execute();
  const of = (cameraId: string) => asked.filter((each) => each.cameraId === cameraId);

  it('asks for a packager, once, and says that the camera waits', async () => {
    const [pulled, pushed] = [await rig.addCamera('rtsp://127.0.0.1/one'), await rig.addCamera('push:rtmp')];
    await upkeep.compare();
    await upkeep.compare();
    expect(of(pulled)).toEqual([{ name: 'package-camera', cameraId: pulled, id: `${pulled}:0` }]);
    expect(of(pushed)).toEqual([{ name: 'package-pushed-camera', cameraId: pushed, id: `${pushed}:0` }]);
    expect(await rig.state(pulled)).toEqual({ state: 'starting', reason_code: 'waiting-for-start' });
  });

  it('says after ten seconds that no packager has room, and tells everybody', async () => {
    const cameraId = await rig.addCamera('rtsp://127.0.0.1/two');
    const told: string[] = [];
    const stop = rig.fanout.on('CameraStateChanged', (change) => {
      if (change.cameraId === cameraId) told.push(`${change.stationCode} ${change.state.state} ${change.state.reason?.code}`);
    });
    await upkeep.compare();
    await age(cameraId, 11);
    await upkeep.compare();
    await upkeep.compare();
    stop();
    expect(told).toEqual(['0001 starting waiting-for-start', '0001 down no-packager']);
  });

  it('says that a packager was lost, and asks again under the next generation', async () => {
    const cameraId = await rig.addCamera('rtsp://127.0.0.1/three');
    await new LeaseRepository(rig.db).acquire(cameraId, randomUUID());
    await upkeep.compare();
    expect(of(cameraId)).toEqual([]);
    expect(await rig.state(cameraId)).toBeUndefined();
    await rig.db
      .updateTable('camera_leases')
      .set({ expires_at: new Date(Date.now() - 1_000) })
      .where('camera_id', '=', cameraId)
      .execute();
    await rig.db
      .insertInto('camera_states')
      .values({ camera_id: cameraId, generation: 1, state: 'live', since: new Date() })
      .execute();
    await upkeep.compare();
    expect(of(cameraId).map((each) => each.id)).toEqual([`${cameraId}:1`]);
    expect(await rig.state(cameraId)).toEqual({ state: 'down', reason_code: 'packager-lost' });
  });

  it('leaves cameras alone that are switched off or out of their calendar', async () => {
    const cameraId = await rig.addCamera('rtsp://127.0.0.1/four');
    await upkeep.compare();
    await rig.db.updateTable('cameras').set({ enabled: false }).where('id', '=', cameraId).execute();
    await upkeep.compare();
    expect(await rig.state(cameraId)).toEqual({ state: 'planned-off', reason_code: 'switched-off' });
    await rig.db.updateTable('cameras').set({ enabled: true }).where('id', '=', cameraId).execute();
    await rig.db
      .updateTable('elections')
      .set({ count_ends_at: new Date(), closes_at: new Date(Date.now() - 1) })
      .execute();
    asked = [];
    await upkeep.compare();
    expect(asked).toEqual([]);
    expect(await rig.state(cameraId)).toEqual({ state: 'planned-off', reason_code: 'not-scheduled' });
  });
});
