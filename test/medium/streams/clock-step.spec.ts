import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppProcesses } from './app-processes';
import { type CameraRig, checked, eventually, startCameraRig } from './rig';

const HOUR_MS = 3_600_000;

/** The packager's process alone believes in another time: the clock of the machine is not touched. */
describe('the clock of a packager’s machine is set while it records', () => {
  let rig: CameraRig;
  let apps: AppProcesses;
  let clockFile: string;

  beforeAll(async () => {
    rig = await startCameraRig();
    apps = new AppProcesses(rig);
    clockFile = join(rig.directory, 'clock');
  });
  afterAll(async () => {
    await apps.killAll();
    await rig.stop();
  });

  const setClock = (seconds: number) => writeFile(clockFile, `${seconds < 0 ? '' : '+'}${seconds}s\n`);
  const faked = async (): Promise<Record<string, string>> => {
    const folders = await readdir('/usr/lib');
    const libraries = folders.map((name) => join('/usr/lib', name, 'faketime', 'libfaketimeMT.so.1'));
    return {
      // Those of other architectures are not there; the loader says so and goes on.
      LD_PRELOAD: libraries.filter((path) => path.includes('linux-gnu')).join(':'),
      FAKETIME_TIMESTAMP_FILE: clockFile,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DONT_RESET: '1',
    };
  };
  const rows = (cameraId: string) =>
    rig.db
      .selectFrom('segments')
      .leftJoin('runs', 'runs.id', 'segments.run_id')
      .select(['media_sequence', 'segments.kind', 'gap_cause', 'segments.run_id', 'starts_at', 'runs.end_reason'])
      .where('segments.camera_id', '=', cameraId)
      .orderBy('media_sequence')
      .execute();

  it('begins a new run each time, keeps the order, and names the time that never was', async () => {
    await setClock(0);
    await apps.start('packager', await faked());
    await apps.start('jobs');
    const cameraId = await rig.addCamera(rig.server.urlOf(rig.server.addStream('/clock', rig.camera)));
    const footage = async () => (await rows(cameraId)).filter(({ kind }) => kind === 'media');
    const runs = async () => [...new Set((await footage()).map(({ run_id }) => run_id))].length;
    await eventually('three segments', 30_000, async () => (await footage()).length >= 3);

    for (const [seconds, count] of [
      [3_600, 2],
      [0, 3],
    ] as const) {
      await setClock(seconds);
      await eventually(`run ${count}`, 30_000, async () => (await runs()) >= count);
      const before = (await footage()).length;
      await eventually('three more segments', 30_000, async () => (await footage()).length >= before + 3);
    }
    await apps.killAll();

    const found = await rows(cameraId);
    expect(found.map(({ media_sequence }) => media_sequence)).toEqual(found.map((_, at) => at));
    const media = found.filter(({ kind }) => kind === 'media');
    const [first, ahead, back] = [...new Set(media.map(({ run_id }) => run_id))].map((id) =>
      media.filter((row) => row.run_id === id),
    );
    expect([first, ahead, back].map((run) => run?.at(-1)?.end_reason)).toEqual(['clock-stepped', 'clock-stepped', null]);
    for (const run of [first, ahead, back]) {
      const times = (run ?? []).map(({ starts_at }) => starts_at.getTime());
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
    const gaps = found.filter(({ kind }) => kind === 'gap');
    expect([...new Set(gaps.map(({ gap_cause }) => gap_cause))]).toEqual(['clock-stepped']);
    expect(gaps.every(({ media_sequence }) => media_sequence < Number(ahead?.[0]?.media_sequence))).toBe(true);
    // The hour that never was, and nothing of it twice.
    const missedMs = Number(ahead?.[0]?.starts_at) - Number(gaps[0]?.starts_at);
    expect(Math.abs(missedMs - HOUR_MS)).toBeLessThan(10_000);
    expect(Number(back?.[0]?.starts_at)).toBeLessThan(Number(ahead?.[0]?.starts_at));
    expect((await checked(rig.db, join(rig.directory, 'media'))).findings).toEqual([]);
  });
});
