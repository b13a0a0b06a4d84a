import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MARKER_FILE } from '@app/streams';
import { type CameraRig, checked, eventually, startCameraRig } from './rig';

const run = promisify(execFile);

/** Mounting needs root. */
const canMount = process.getuid?.() === 0;
const describeMounted = canMount ? describe : describe.skip;
if (!canMount) console.warn('unmounted-volume.spec: skipped, because only root may mount');

describeMounted('the volume of the recording', () => {
  let rig: CameraRig;
  let folder: string;
  beforeAll(async () => {
    rig = await startCameraRig();
    folder = await mkdtemp(join(tmpdir(), 'pollglass-mounts-'));
    for (const name of ['volume', 'other', 'data/media']) await mkdir(join(folder, name), { recursive: true });
    await run('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', join(folder, 'volume')]);
  });
  afterAll(async () => {
    await rig.stop();
    await unmount().catch(() => undefined);
    await run('umount', [join(folder, 'volume')]);
    await rm(folder, { recursive: true, force: true });
  });

  const mountPoint = () => join(folder, 'data/media');
  const mount = (what: 'volume' | 'other') => run('mount', ['--bind', join(folder, what), mountPoint()]);
  /** At once, though files in it are open, as when its cable is drawn. */
  const unmount = () => run('umount', ['--lazy', mountPoint()]);

  it('takes nothing while it is not mounted or another one is, says so, and goes on when it is back', async () => {
    await mount('volume');
    const packager = await rig.startPackager({ directory: join(folder, 'data') });
    const cameraId = await rig.addCamera(rig.server.urlOf(rig.server.addStream('/mounted', rig.camera)));
    const stateIs = (state: string, reason: string | null) =>
      eventually(`${state} ${reason}`, 20_000, async () => {
        const now = await rig.state(cameraId);
        return now?.state === state && now.reason_code === reason;
      });
    const footage = async () =>
      (
        await rig.db
          .selectFrom('segments')
          .select('media_sequence')
          .where('camera_id', '=', cameraId)
          .where('kind', '=', 'media')
          .execute()
      ).length;
    void packager.runtime.packagings.run(cameraId);
    await eventually('three segments', 20_000, async () => (await footage()) >= 3);

    await unmount();
    await stateIs('down', 'volume-missing');
    expect(await readdir(mountPoint())).toEqual([]);

    await writeFile(join(folder, 'other', MARKER_FILE), `${randomUUID()}\n`);
    await mount('other');
    const before = await footage();
    // Tried several times a second meanwhile.
    await eventually('a gap of some seconds', 20_000, async () => {
      const causes = await rig.gapCauses(cameraId);
      return causes.length >= 3 && causes.every((cause) => cause === 'volume-missing');
    });
    expect(await readdir(mountPoint())).toEqual([MARKER_FILE]);
    expect(await rig.state(cameraId)).toEqual({ state: 'down', reason_code: 'volume-missing' });
    expect(await footage()).toBe(before);

    await unmount();
    await mount('volume');
    await stateIs('live', null);
    await eventually('footage again', 20_000, async () => (await footage()) >= before + 2);
    packager.runtime.packagings.stop(cameraId, 'switched-off');
    await eventually('let go', 5_000, () => packager.runtime.packagings.size === 0);
    await packager.stop();
    expect((await checked(rig.db, mountPoint())).findings).toEqual([]);
  });
});
