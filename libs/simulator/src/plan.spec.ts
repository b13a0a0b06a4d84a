import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatorPlan, readPlan, writePlan } from './plan';

const about = { stationCode: '0412', stationName: 'Northfield school', cameraName: 'Overview', scene: 'overview' } as const;
const rtsp = { ...about, cameraId: 'a', kind: 'rtsp', port: 8554, path: '/0412/overview', username: 'u', password: 'p' } as const;
const srt = { ...about, cameraId: 'b', kind: 'srt', port: 9001, passphrase: 'long-enough-one' } as const;
const push = { ...about, cameraId: 'c', kind: 'rtmp-push', url: 'rtmp://127.0.0.1:1935/live/key' } as const;

describe('A plan of simulated cameras', () => {
  let folder: string;
  beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'plan-'))));
  afterAll(() => rm(folder, { recursive: true }));

  it('is read as it was written, and only its owner can read it', async () => {
    const file = join(folder, 'plan.json');
    const plan: SimulatorPlan = { cameras: [rtsp, srt, push] };
    await writePlan(file, plan);
    expect(await readPlan(file)).toEqual(plan);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is refused with all of its problems at once', async () => {
    const file = join(folder, 'bad.json');
    await writeFile(
      file,
      JSON.stringify({
        cameras: [
          { ...rtsp, port: 0 },
          { ...srt, passphrase: 'short' },
        ],
      }),
    );
    const problem = await readPlan(file).catch((error: Error) => error.message);
    expect(problem).toMatch(/cameras\.0\.port/);
    expect(problem).toMatch(/cameras\.1\.passphrase has 10 to 79/);
  });

  it('is not written when it could not be read again', async () => {
    const file = join(folder, 'never.json');
    await expect(writePlan(file, { cameras: [rtsp, rtsp] })).rejects.toThrow();
    await expect(readFile(file)).rejects.toThrow(/ENOENT/);
  });

  it.each([
    ['an id', [rtsp, { ...srt, cameraId: 'a' }]],
    ['an RTSP path', [rtsp, { ...rtsp, cameraId: 'x' }]],
    ['an SRT port', [srt, { ...srt, cameraId: 'x' }]],
    ['a port of both kinds', [rtsp, { ...srt, port: 8554 }]],
  ])('does not take %s twice', (_what, cameras) => {
    expect(SimulatorPlan.safeParse({ cameras }).success).toBe(false);
  });

  it('wants user and password together', () => {
    const { password: _left, ...half } = rtsp;
    expect(SimulatorPlan.safeParse({ cameras: [half] }).success).toBe(false);
    expect(SimulatorPlan.safeParse({ cameras: [rtsp, { ...rtsp, cameraId: 'x', path: '/0412/ballot-box' }] }).success).toBe(true);
  });
});
