import { type AddressInfo, createServer } from 'node:net';
import { memoryBytes } from '@app/testing';
import { AppProcesses } from '../medium/streams/app-processes';
import { type CameraRig, eventually, startCameraRig } from '../medium/streams/rig';

const MANY = 200;
const BROKEN = 20;
const MB = 1024 * 1024;

describe('two hundred cameras that are switched on at once', () => {
  let rig: CameraRig;
  let apps: AppProcesses;
  let connections = 0;
  const rude = createServer((socket) => {
    connections += 1;
    socket.resetAndDestroy();
  });

  beforeAll(async () => {
    rig = await startCameraRig({ width: 160, height: 120, fps: 5 });
    apps = new AppProcesses(rig);
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await apps?.killAll();
    await rig?.stop();
    rude.close();
  });

  const addGood = (path: string) => rig.addCamera(rig.server.urlOf(rig.server.addStream(path, rig.camera)));
  const statesOf = (ids: readonly string[]) =>
    rig.db.selectFrom('camera_states').select(['camera_id', 'state', 'reason_code']).where('camera_id', 'in', ids).execute();
  const runsOf = (ids: readonly string[]) =>
    rig.db.selectFrom('runs').select(['camera_id', 'end_reason']).where('camera_id', 'in', ids).execute();
  const live = async (ids: readonly string[]) =>
    (await statesOf(ids)).filter(({ state }) => state === 'live').length === ids.length;

  it('say what they wait for, are live with one run each, and leave alone what was live before', async () => {
    const [packager] = [
      await apps.start('packager', { POLLGLASS_CAPACITY: '300', POLLGLASS_PICTURE_CHECKS: 'off' }),
      await apps.start('jobs'),
    ];
    const first = await addGood('/first');
    await eventually('the first camera is live', 30_000, () => live([first]));
    const memoryBefore = memoryBytes(packager.pid as number);

    const good = await Promise.all(Array.from({ length: MANY - BROKEN }, (_, nth) => addGood(`/many/${nth}`)));
    const url = (nth: number) => `rtsp://127.0.0.1:${(rude.address() as AddressInfo).port}/${nth}`;
    const broken = await Promise.all(Array.from({ length: BROKEN }, (_, nth) => rig.addCamera(url(nth))));
    await eventually('a state with a reason, unless it is live', 15_000, async () => {
      const states = await statesOf([...good, ...broken]);
      return states.length === MANY && states.every(({ state, reason_code }) => state === 'live' || reason_code !== null);
    });
    await eventually('all are live that can be', 120_000, () => live(good));

    const told = new Set((await statesOf(broken)).map(({ reason_code }) => reason_code));
    expect([...told]).toEqual(['connection-lost']);
    expect(connections).toBeGreaterThanOrEqual(BROKEN);
    expect(connections).toBeLessThan(BROKEN * 30);
    const runs = await runsOf([first, ...good]);
    expect(runs.filter(({ end_reason }) => end_reason !== null)).toEqual([]);
    expect(runs).toHaveLength(MANY - BROKEN + 1);
    expect(await rig.gapCauses(first)).toEqual([]);
    expect((memoryBytes(packager.pid as number) - memoryBefore) / MANY).toBeLessThan(8 * MB);
  });
});
