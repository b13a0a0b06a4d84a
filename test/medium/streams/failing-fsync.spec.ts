import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppProcesses } from './app-processes';
import { type CameraRig, checked, eventually, startCameraRig } from './rig';

/** One call of the kernel, as strace writes it down with the path of the file. */
const FDATASYNC = /fdatasync\(\d+<(?<file>[^>]+)>\) += (?<result>-?\d+)/;

/** strace may look into another process only as root, and nowhere where tracing is forbidden to everybody. */
function canTrace(): boolean {
  const other = spawn('sleep', ['10']);
  try {
    const tracer = spawnSync('timeout', ['0.5', 'strace', '-o', '/dev/null', '-p', String(other.pid)]);
    return tracer.stderr.toString().includes('attached');
  } finally {
    other.kill('SIGKILL');
  }
}

const canInject = process.getuid?.() === 0 && canTrace();
const describeInjected = canInject ? describe : describe.skip;
if (!canInject) console.warn('failing-fsync.spec: skipped, because no call of the kernel can be made to fail here');

describeInjected('a disk that answers fdatasync with EIO', () => {
  let rig: CameraRig;
  let apps: AppProcesses;
  let tracer: ChildProcess | undefined;

  beforeAll(async () => {
    rig = await startCameraRig();
    apps = new AppProcesses(rig);
  });
  afterAll(async () => {
    tracer?.kill('SIGTERM');
    await apps.killAll();
    await rig.stop();
  });

  /** Lets the first fdatasync of each thread of `pid` fail. @returns how to read which files were synced since, and how that went */
  const failFirst = async (pid: number): Promise<() => Promise<{ file: string; ok: boolean }[]>> => {
    const log = join(rig.directory, 'strace.log');
    const inject = ['-e', 'trace=fdatasync', '-e', 'inject=fdatasync:error=EIO:when=1'];
    tracer = spawn('strace', ['-f', '-y', ...inject, '-o', log, '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
    await once(tracer.stderr as NodeJS.ReadableStream, 'data');
    return async () =>
      (await readFile(log, 'utf8'))
        .split('\n')
        .map((line) => FDATASYNC.exec(line)?.groups)
        .filter((groups) => groups !== undefined)
        .map(({ file, result }) => ({ file: file as string, ok: result === '0' }));
  };

  it('is never believed at the second try: the file is left, the gap is told, and recording goes on in new files', async () => {
    const [packager] = [await apps.start('packager'), await apps.start('jobs')];
    const cameraId = await rig.addCamera(rig.server.urlOf(rig.server.addStream('/eio', rig.camera)));
    const media = () =>
      rig.db
        .selectFrom('segments')
        .innerJoin('runs', 'runs.id', 'segments.run_id')
        .select(['segments.media_sequence', 'runs.end_reason'])
        .where('segments.camera_id', '=', cameraId)
        .where('segments.kind', '=', 'media')
        .execute();
    await eventually('two segments', 30_000, async () => (await media()).length >= 2);

    const synced = await failFirst(packager.pid as number);
    await eventually('a call that failed', 20_000, async () => (await synced()).some(({ ok }) => !ok));
    const before = (await media()).length;
    await eventually('footage of a later run', 40_000, async () => {
      const rows = await media();
      return rows.length >= before + 3 && rows.at(-1)?.end_reason === null;
    });
    tracer?.kill('SIGTERM');

    const calls = await synced();
    const failed = calls.filter(({ ok }) => !ok).map(({ file }) => file);
    expect(failed.length).toBeGreaterThanOrEqual(1);
    for (const file of failed) expect(calls.filter((call) => call.file === file).at(-1)).toEqual({ file, ok: false });
    const ends = await rig.db.selectFrom('runs').select('end_reason').where('camera_id', '=', cameraId).execute();
    expect(ends.filter(({ end_reason }) => end_reason === 'storage-failed')).toHaveLength(failed.length);
    expect([...new Set(await rig.gapCauses(cameraId))]).toEqual(['storage-failed']);

    await apps.killAll();
    expect((await checked(rig.db, join(rig.directory, 'media'))).findings).toEqual([]);
  });
});
